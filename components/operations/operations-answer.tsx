import { Money } from '#components/ui/money.tsx';
import { Stat, StatRow } from '#components/ui/stat.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { OperationsReport } from '#lib/operations/operations-report.ts';
import { sumUsd } from './sum-usd.ts';

/** The page's answer in figures: saved, alive, slow, waiting, dropped. */
export function OperationsAnswer({ report }: { readonly report: OperationsReport }) {
  const { agents, prunes, tools, waits, pricedBy } = report;
  const tokensSaved = prunes.reduce((sum, rule) => sum + rule.tokensSaved, 0);
  const bytesSaved = prunes.reduce((sum, rule) => sum + rule.bytesSaved, 0);
  const calls = tools.reduce((sum, tool) => sum + tool.calls, 0);
  const errors = tools.reduce((sum, tool) => sum + tool.errors, 0);
  const cached = tools.reduce((sum, tool) => sum + tool.cached, 0);
  const gaugeSum = (name: string) => agents.reduce((sum, { gauges }) => sum + (gauges[name] ?? 0), 0);
  const dropped = gaugeSum('eventsDropped');
  const alive = agents.filter(({ strip }) => /[1-3]/.test(strip.slice(-2))).length;
  return (
    <StatRow>
      <Stat label="Tokens saved" note={`${formatBytes(bytesSaved)} cut out`}>
        <TokenCount tokens={tokensSaved} />
      </Stat>
      <Stat label="Worth" note={pricedBy === null ? 'no price known' : 'if sent once'}>
        {pricedBy === null ? '–' : <Money usd={sumUsd(prunes.map(({ savedUsd }) => savedUsd ?? '0'))} />}
      </Stat>
      <Stat label="Agents alive" note={`of ${formatCount(agents.length)} in 30 days`}>
        {formatCount(alive)}
      </Stat>
      <Stat
        label="Tool calls"
        note={
          calls === 0
            ? 'none'
            : `${formatPercent(errors / calls)} failed, ${formatPercent(cached / calls)} cached`
        }
      >
        {formatCount(calls)}
      </Stat>
      <Stat
        label="Waits for a session's turn"
        note={
          waits.p95 === null
            ? 'none'
            : `p95 ${formatDuration(waits.p95)}, longest ${formatDuration(waits.maxMs)}`
        }
      >
        {formatCount(waits.count)}
      </Stat>
      <Stat
        label="Events not sent yet"
        note={dropped === 0 ? 'none dropped' : `${formatCount(dropped)} dropped`}
      >
        {formatCount(gaugeSum('queueDepth') + gaugeSum('queueOnDisk'))}
      </Stat>
    </StatRow>
  );
}
