import { Money } from '#components/ui/money.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatChange } from '#lib/format/format-change.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { TodaySpend } from '#lib/overview/overview.ts';
import { Figure } from './figure.tsx';

/** Today so far, against what the usual day of its kind had come to by this time. */
export function TodayFigure({ today }: { readonly today: TodaySpend }) {
  return (
    <Figure label="Today" note={describeToday(today)}>
      <Money usd={today.costUsd} />
    </Figure>
  );
}

function describeToday({ costUsd, calls, usual, isWeekend }: TodaySpend): string {
  if (usual === null) return `${countOf(calls, 'call')}; no usual day yet`;
  const day = isWeekend ? 'weekend day' : 'weekday';
  const change = formatChange({ now: Number(costUsd), before: Number(usual.costUsd) });
  if (change === 'nothing before') return `usually nothing by now on a ${day}`;
  if (change === 'unchanged') return `as on the usual ${day} by now`;
  return `${change} against the usual ${day} by now (${formatUsd(usual.costUsd)})`;
}
