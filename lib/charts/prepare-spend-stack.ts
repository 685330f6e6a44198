import { formatCount } from '#lib/format/format-count.ts';
import type { ChartBucket } from '#lib/overview/chart-bucket.ts';
import type { SpendStack } from '#lib/overview/overview.ts';
import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';
import { roundTicks } from './round-ticks.ts';
import type { SeriesColor } from './series-color.ts';
import { tokensTickLabel, usdTickLabels } from './tick-label.ts';

export const stackMetrics = ['spend', 'tokens'] as const;
export type StackMetric = (typeof stackMetrics)[number];

export type StackSeries = {
  readonly name: string;
  /** 1 to 14; null is what all other names share. */
  readonly color: number | null;
};

export type StackBar = {
  /** RFC 3339; the end is excluded. */
  readonly start: string;
  readonly end: string;
  readonly label: string;
  /** Heights from 0, one for each series and in its order, the next on top of the one before. */
  readonly tops: readonly number[];
  readonly total: number;
  /** Written out, one for each series. */
  readonly exact: readonly string[];
  readonly exactTotal: string;
  readonly calls: number;
  readonly unpricedTokens: number;
  readonly isUnfinished: boolean;
};

export type SpendStackDrawing = {
  readonly series: readonly StackSeries[];
  readonly bars: readonly StackBar[];
  readonly axisMax: number;
  readonly axisTicks: readonly { readonly value: number; readonly label: string }[];
  /** Which bars have a label under them. */
  readonly labels: readonly { readonly index: number; readonly text: string }[];
};

type StackInput = {
  readonly chart: SpendStack;
  readonly metric: StackMetric;
  readonly colorOf: SeriesColor;
  readonly timeZone: string;
  /** End of the range, excluded. */
  readonly to: string;
  readonly asOf: string;
  readonly labelsMax: number;
};

/**
 * Stacked bars of spend or tokens, the dearest name at the bottom. A bucket without calls is a bar of 0, as it
 * is known that nothing was spent; one that is not over at `asOf` is unfinished.
 */
export function prepareSpendStack(input: StackInput): SpendStackDrawing {
  const { chart, metric, colorOf, timeZone, to, asOf, labelsMax } = input;
  const series = seriesOf(chart, colorOf);
  const bars = chart.buckets.map((bucket, index): StackBar => {
    const end = chart.buckets[index + 1]?.start ?? to;
    const amounts = metric === 'spend' ? bucket.costsUsd.map(Number) : bucket.tokens;
    let top = 0;
    const tops = amounts.map((amount) => {
      top += amount;
      return top;
    });
    return {
      start: bucket.start,
      end,
      label: labelOf({ start: bucket.start, bucket: chart.bucket, timeZone }),
      tops,
      total: top,
      exact: metric === 'spend' ? bucket.costsUsd.map((usd) => `$${usd}`) : bucket.tokens.map(formatCount),
      exactTotal: metric === 'spend' ? `$${sumUsd(bucket.costsUsd)}` : formatCount(top),
      calls: bucket.calls,
      unpricedTokens: bucket.unpricedTokens,
      isUnfinished: bucket.start <= asOf && end > asOf,
    };
  });
  const highest = Math.max(...bars.map(({ total }) => total));
  const ticks = roundTicks(highest > 0 ? highest : 1);
  const step = ticks[1] ?? 1;
  const axisMax = Math.ceil((highest > 0 ? highest : 1) / step) * step;
  const values = (ticks.at(-1) ?? 0) < axisMax ? [...ticks, axisMax] : ticks;
  const tickLabels = metric === 'spend' ? usdTickLabels(values) : values.map(tokensTickLabel);
  return {
    series,
    bars,
    axisMax,
    axisTicks: values.map((value, index) => ({ value, label: tickLabels[index] ?? '' })),
    labels: chooseLabels({
      starts: bars.map(({ start }) => start),
      bucket: chart.bucket,
      timeZone,
      labelsMax,
    }),
  };
}

function seriesOf({ by, names, others }: SpendStack, colorOf: SeriesColor): readonly StackSeries[] {
  const own = names.map((name) => ({ name: name === '' ? 'unnamed' : name, color: colorOf({ by, name }) }));
  if (others === 0) return own;
  return [...own, { name: `${formatCount(others)} other${others === 1 ? '' : 's'}`, color: null }];
}

function sumUsd(amounts: readonly string[]): string {
  return formatPicoUsd(amounts.reduce((sum, usd) => sum + parseUsd(usd), 0n));
}

type BucketLabel = { readonly start: string; readonly bucket: ChartBucket; readonly timeZone: string };

/** What a bar stands for, whole: "Sat 21 Nov, 14:00". */
function labelOf({ start, bucket, timeZone }: BucketLabel): string {
  const text = formatFor({
    timeZone,
    ...(bucket === 'month'
      ? { month: 'long', year: 'numeric' }
      : { weekday: 'short', day: 'numeric', month: 'short' }),
    ...((bucket === 'hour' || bucket === '15m') && { hour: '2-digit', minute: '2-digit' }),
  }).format(Date.parse(start));
  return bucket === 'week' ? `Week from ${text}` : text;
}

type LabelChoice = {
  readonly starts: readonly string[];
  readonly bucket: ChartBucket;
  readonly timeZone: string;
  readonly labelsMax: number;
};

/** Evenly spaced ones; among hours those of midnight say the day. */
function chooseLabels({ starts, bucket, timeZone, labelsMax }: LabelChoice): SpendStackDrawing['labels'] {
  const every = niceStep(Math.ceil(starts.length / labelsMax), bucket);
  const isClock = bucket === 'hour' || bucket === '15m';
  const day = formatFor({ timeZone, day: 'numeric', month: 'short' });
  const clock = formatFor({ timeZone, hour: '2-digit', minute: '2-digit' });
  const month = formatFor({ timeZone, month: 'short', year: 'numeric' });
  const texts = starts.map((start) => {
    const atMs = Date.parse(start);
    const time = clock.format(atMs);
    if (bucket === 'month') return month.format(atMs);
    return isClock && time !== '00:00' ? time : day.format(atMs);
  });
  const first = isClock
    ? Math.max(
        0,
        texts.findIndex((text) => !text.includes(':')),
      ) % every
    : 0;
  return texts.flatMap((text, index) => (index % every === first ? [{ index, text }] : []));
}

/** A step in whole parts of a day, so that midnight has its label. */
function niceStep(rough: number, bucket: ChartBucket): number {
  const steps =
    bucket === 'hour' ? [1, 2, 3, 4, 6, 12, 24, 48, 72] : bucket === '15m' ? [1, 2, 4, 8, 16] : [];
  return steps.find((step) => step >= rough) ?? Math.max(1, rough);
}

/** Making one costs 50 µs, and each bar is labelled. */
const formats = new Map<string, Intl.DateTimeFormat>();
const formatsMax = 64;

function formatFor(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  if (formats.size >= formatsMax) formats.clear();
  const format = new Intl.DateTimeFormat('en-GB', options);
  formats.set(key, format);
  return format;
}
