import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { AgentUptime } from '#lib/operations/operations-report.ts';
import { UptimeStrip } from './uptime-strip.tsx';

/** Each agent's last day, and how much of it, of the week and of the month it was heard. */
export function AgentsTable({ agents }: { readonly agents: readonly AgentUptime[] }) {
  return (
    <Table label="Agents">
      <thead>
        <tr>
          <HeaderCell>Agent</HeaderCell>
          <HeaderCell isWide>Last 24 hours</HeaderCell>
          <HeaderCell align="end">24 h</HeaderCell>
          <HeaderCell align="end" isWide>
            7 days
          </HeaderCell>
          <HeaderCell align="end" isWide>
            30 days
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Queue
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Heap
          </HeaderCell>
          <HeaderCell align="end">Heard</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <AgentRow key={agent.agent} agent={agent} />
        ))}
      </tbody>
    </Table>
  );
}

function AgentRow({ agent }: { readonly agent: AgentUptime }) {
  const { queueDepth, heapBytes } = agent.gauges;
  return (
    <tr>
      <RowHeader>
        <span className="block truncate font-medium">{agent.agent}</span>
        <span className="block md:hidden">
          <UptimeStrip strip={agent.strip} label={`${agent.agent}, last 24 hours`} />
        </span>
      </RowHeader>
      <Cell isWide>
        <span className="block w-56">
          <UptimeStrip strip={agent.strip} label={`${agent.agent}, last 24 hours`} />
        </span>
      </Cell>
      <Cell align="end">{formatPercent(agent.uptime.day)}</Cell>
      <Cell align="end" isWide>
        {formatPercent(agent.uptime.week)}
      </Cell>
      <Cell align="end" isWide>
        {formatPercent(agent.uptime.month)}
      </Cell>
      <Cell align="end" isWide>
        {queueDepth === undefined ? '–' : formatCount(queueDepth)}
      </Cell>
      <Cell align="end" isWide>
        {heapBytes === undefined ? '–' : formatBytes(heapBytes)}
      </Cell>
      <Cell align="end">
        <RelativeTime at={agent.lastSeen} />
      </Cell>
    </tr>
  );
}
