'use client';

import { Button } from '#components/ui/button.tsx';
import { Segments } from '#components/ui/segments.tsx';
import type { OverviewFilter } from '#lib/client/overview-query.ts';
import { formatSpan } from '#lib/format/format-span.ts';
import type { RangeName } from '#lib/overview/range-name.ts';
import { rangeFallback } from './use-overview-settings.ts';

const options = [
  { value: 'today', label: 'Today' },
  { value: '24h', label: '24 h' },
  { value: '7d', label: '7 d' },
  { value: '30d', label: '30 d' },
  { value: 'month', label: 'Month' },
] as const satisfies readonly { value: RangeName; label: string }[];

type RangeChooserProps = {
  readonly filter: OverviewFilter;
  readonly onRangeChange: (range: RangeName) => void;
};

/** A range by name; one that was chosen on the chart stands beside it until it is given up. */
export function RangeChooser({ filter, onRangeChange }: RangeChooserProps) {
  const { range, timeZone } = filter;
  const isNamed = typeof range === 'string';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isNamed ? null : (
        <Button onClick={() => onRangeChange(rangeFallback)}>
          {formatSpan({ fromMs: Date.parse(range.from), toMs: Date.parse(range.to), timeZone })}
          <span aria-hidden="true">×</span>
          <span className="sr-only">, give up the chosen range</span>
        </Button>
      )}
      <Segments
        label="Range"
        value={isNamed ? range : null}
        options={options}
        onValueChange={onRangeChange}
      />
    </div>
  );
}
