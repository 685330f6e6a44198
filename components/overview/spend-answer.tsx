import { Stat, StatRow } from '#components/ui/stat.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { formatChange } from '#lib/format/format-change.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { totalTokens, type UsageTotals } from '#lib/usage/usage-row.ts';
import { describeBefore } from './describe-before.ts';
import { SinkingSessions } from './sinking-sessions.tsx';
import { TodayStat } from './today-stat.tsx';

/** The page's answer: what was spent, against the range before, what that leaves out, and what will sink. */
export function SpendAnswer({ overview }: { readonly overview: Overview }) {
  const { totals, previous, range } = overview;
  const tokens = totalTokens(totals.tokens);
  return (
    <section aria-label="Spend" className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-2xl font-medium">
            <Tooltip exact={`${totals.costUsd} USD`}>{formatUsd(totals.costUsd)}</Tooltip>
          </span>
          <span className="text-muted">{describeChange(overview)}</span>
        </p>
        <SinkingSessions sessions={[...overview.heaviestSessions, ...overview.fastestSessions]} />
      </div>
      <StatRow>
        <TodayStat today={overview.today} />
        <Stat
          label="Tokens"
          note={`${formatChange({ now: tokens, before: totalTokens(previous.tokens) })} against ${describeBefore(range)}`}
        >
          <TokenCount tokens={tokens} />
        </Stat>
        <Stat label="Calls" note={formatChange({ now: totals.calls, before: previous.calls })}>
          {formatCount(totals.calls)}
        </Stat>
        <Stat label="Read from cache" note="of all input tokens">
          {formatCacheShare(totals)}
        </Stat>
        <Stat label="Failed calls" note={describeErrors(totals)}>
          {formatCount(totals.errors)}
        </Stat>
        <Stat
          label="Without a price"
          note={totals.unpricedTokens === 0 ? 'every token is priced' : 'tokens, not in the sum'}
        >
          <TokenCount tokens={totals.unpricedTokens} />
        </Stat>
      </StatRow>
    </section>
  );
}

function describeChange({ totals, previous, range }: Overview): string {
  const before = describeBefore(range);
  const change = formatChange({ now: Number(totals.costUsd), before: Number(previous.costUsd) });
  if (change === 'nothing before') return `spent; nothing in ${before}`;
  return `spent, ${change} against ${before} (${formatUsd(previous.costUsd)})`;
}

function formatCacheShare({ tokens }: UsageTotals): string {
  const read = totalTokens(tokens) - tokens.output;
  return read === 0 ? '–' : formatPercent(tokens.cacheRead / read);
}

function describeErrors({ calls, errors }: UsageTotals): string {
  return calls === 0 ? 'no calls' : `${formatPercent(errors / calls)} of calls`;
}
