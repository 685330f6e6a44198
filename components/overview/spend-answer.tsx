import { TokenCount } from '#components/ui/token-count.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { formatChange } from '#lib/format/format-change.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { totalTokens, type UsageTotals } from '#lib/usage/usage-row.ts';
import { describeBefore } from './describe-before.ts';
import { Figure } from './figure.tsx';
import { MonthFigure } from './month-figure.tsx';
import { SinkingSessions } from './sinking-sessions.tsx';
import { TodayFigure } from './today-figure.tsx';

/** The page's answer: what was spent, against the range before, where it leads, and what will sink. */
export function SpendAnswer({ overview }: { readonly overview: Overview }) {
  const { totals, previous } = overview;
  const tokens = totalTokens(totals.tokens);
  return (
    <section aria-label="Spend" className="flex flex-col gap-2">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 md:grid-cols-4 xl:grid-cols-[1.7fr_1.5fr_1.5fr_repeat(5,1fr)]">
        <Figure label="Spent" note={describeChange(overview)} isMain>
          <Tooltip exact={`${totals.costUsd} USD`}>{formatUsd(totals.costUsd)}</Tooltip>
        </Figure>
        <TodayFigure today={overview.today} />
        <MonthFigure />
        <Figure label="Tokens" note={describeAgainst({ now: tokens, before: totalTokens(previous.tokens) })}>
          <TokenCount tokens={tokens} />
        </Figure>
        <Figure label="Calls" note={describeAgainst({ now: totals.calls, before: previous.calls })}>
          {formatCount(totals.calls)}
        </Figure>
        <Figure label="Read from cache" note="of all input tokens">
          {formatCacheShare(totals)}
        </Figure>
        <Figure label="Failed calls" note={describeErrors(totals)}>
          {formatCount(totals.errors)}
        </Figure>
        <Figure
          label="Without a price"
          note={totals.unpricedTokens === 0 ? 'every token is priced' : 'tokens, not in the sum'}
        >
          <TokenCount tokens={totals.unpricedTokens} />
        </Figure>
      </dl>
      <SinkingSessions sessions={[...overview.heaviestSessions, ...overview.fastestSessions]} />
    </section>
  );
}

function describeChange({ totals, previous, range }: Overview): string {
  const before = describeBefore(range);
  const change = formatChange({ now: Number(totals.costUsd), before: Number(previous.costUsd) });
  if (change === 'nothing before') return `nothing in ${before}`;
  return `${change} against ${before} (${formatUsd(previous.costUsd)})`;
}

function describeAgainst(amounts: { readonly now: number; readonly before: number }): string {
  const change = formatChange(amounts);
  return change === 'nothing before' ? change : `${change} against before`;
}

function formatCacheShare({ tokens }: UsageTotals): string {
  const read = totalTokens(tokens) - tokens.output;
  return read === 0 ? '–' : formatPercent(tokens.cacheRead / read);
}

function describeErrors({ calls, errors }: UsageTotals): string {
  return calls === 0 ? 'no calls' : `${formatPercent(errors / calls)} of calls`;
}
