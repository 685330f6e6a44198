import { Money } from '#components/ui/money.tsx';
import { Stat, StatRow } from '#components/ui/stat.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { OverviewDays } from '#lib/client/overview-query.ts';
import { formatChange } from '#lib/format/format-change.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { Overview } from '#lib/usage/overview.ts';
import { totalTokens, type UsageTotals } from '#lib/usage/usage-row.ts';

type SpendAnswerProps = { readonly overview: Overview; readonly days: OverviewDays };

/** The page's answer: what was spent, against the days before, and what that leaves out. */
export function SpendAnswer({ overview, days }: SpendAnswerProps) {
  const { totals, previous, today } = overview;
  const tokens = totalTokens(totals.tokens);
  return (
    <section aria-label="Spend" className="flex flex-col gap-6">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-2xl font-medium">
          <Tooltip exact={`${totals.costUsd} USD`}>{formatUsd(totals.costUsd)}</Tooltip>
        </span>
        <span className="text-muted">
          spent in {days} days, {describeChange(totals.costUsd, previous.costUsd)}
        </span>
      </p>
      <StatRow>
        <Stat label="Today" note={`${formatCount(today.calls)} calls`}>
          <Money usd={today.costUsd} />
        </Stat>
        <Stat label="Calls" note={formatChange({ now: totals.calls, before: previous.calls })}>
          {formatCount(totals.calls)}
        </Stat>
        <Stat label="Tokens" note={formatChange({ now: tokens, before: totalTokens(previous.tokens) })}>
          <TokenCount tokens={tokens} />
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

function describeChange(now: string, before: string): string {
  const change = formatChange({ now: Number(now), before: Number(before) });
  if (change === 'nothing before') return 'nothing in as many days before';
  return `${change} against the days before (${formatUsd(before)})`;
}

function formatCacheShare({ tokens }: UsageTotals): string {
  const read = totalTokens(tokens) - tokens.output;
  return read === 0 ? '–' : formatPercent(tokens.cacheRead / read);
}

function describeErrors({ calls, errors }: UsageTotals): string {
  return calls === 0 ? 'no calls' : `${formatPercent(errors / calls)} of calls`;
}
