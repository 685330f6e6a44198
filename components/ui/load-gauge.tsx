import { type LoadLevel, prepareLoadGauge } from '#lib/charts/prepare-load-gauge.ts';
import { formatPercent } from '#lib/format/format-percent.ts';

type LoadGaugeProps = {
  /** What is loaded: "Context", "Budget of March". */
  readonly label: string;
  readonly value: number;
  /** In the unit of `value`, above 0. */
  readonly limit: number;
  /** Where it will stand if it goes on as it does; left out where nothing is known. */
  readonly heading?: number | null;
  readonly format: (amount: number) => string;
  /** A gauge in a table row shows its bar and share only; label and limit are read out. */
  readonly isCompact?: boolean;
};

const fills = { calm: 'fill-load', near: 'fill-near', over: 'fill-over' } as const satisfies Record<
  LoadLevel,
  string
>;
const words = { calm: '', near: 'near the limit', over: 'over the limit' } as const satisfies Record<
  LoadLevel,
  string
>;
const inks = { calm: 'text-muted', near: 'text-near-ink', over: 'text-over-ink' } as const satisfies Record<
  LoadLevel,
  string
>;

/** A load against its limit, drawn the one way all limits are drawn: bar, load line, dashed heading, number. */
export function LoadGauge(props: LoadGaugeProps) {
  const { label, value, limit, heading = null, format, isCompact = false } = props;
  const drawing = prepareLoadGauge({ value, limit, heading });
  const sentence = [
    `${format(value)} of ${format(limit)}, ${formatPercent(drawing.share)}`,
    words[drawing.level],
    heading === null ? '' : `heading for ${format(heading)}`,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element draws itself and takes neither line nor dash.
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, value)}
      aria-valuenow={value}
      aria-valuetext={sentence}
      title={isCompact ? sentence : undefined}
      className={isCompact ? 'flex items-center gap-2' : 'flex flex-col gap-1'}
    >
      {isCompact ? null : (
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <span className="font-medium">{label}</span>
          <span className={inks[drawing.level]}>{sentence}</span>
        </div>
      )}
      <GaugeDrawing drawing={drawing} />
      {isCompact ? (
        <span className={`w-10 shrink-0 text-right text-xs ${inks[drawing.level]}`}>
          {formatPercent(drawing.share)}
        </span>
      ) : null}
    </div>
  );
}

function GaugeDrawing({ drawing }: { readonly drawing: ReturnType<typeof prepareLoadGauge> }) {
  const { fillPercent, linePercent, headingPercent, level } = drawing;
  return (
    <svg aria-hidden="true" width="100%" height="14" className="block min-w-10">
      <rect y="4" width="100%" height="6" rx="1" className="fill-hairline" />
      <rect y="4" width={`${fillPercent}%`} height="6" rx="1" className={fills[level]} />
      {headingPercent === null ? null : (
        <line
          x1={`${headingPercent}%`}
          x2={`${headingPercent}%`}
          y1="1"
          y2="13"
          strokeWidth="1.5"
          strokeDasharray="2 2"
          className="stroke-muted"
        />
      )}
      <line
        x1={`${linePercent}%`}
        x2={`${linePercent}%`}
        y1="0"
        y2="14"
        strokeWidth="1.5"
        className="stroke-ink"
      />
    </svg>
  );
}
