import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import type { ToolRow } from '#lib/operations/operations-report.ts';

/** Each tool's calls and how they went, the most used first. */
export function ToolsTable({ tools }: { readonly tools: readonly ToolRow[] }) {
  return (
    <Table label="Tools">
      <thead>
        <tr>
          <HeaderCell>Tool</HeaderCell>
          <HeaderCell align="end">Calls</HeaderCell>
          <HeaderCell align="end">Failed</HeaderCell>
          <HeaderCell align="end" isWide>
            Limited
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Cached
          </HeaderCell>
          <HeaderCell align="end" isWide>
            p50
          </HeaderCell>
          <HeaderCell align="end">p95</HeaderCell>
          <HeaderCell align="end" isWide>
            Longest
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {tools.map((tool) => (
          <tr key={tool.name}>
            <RowHeader>
              <span className="block truncate font-medium" title={tool.name}>
                {tool.name}
              </span>
            </RowHeader>
            <Cell align="end">{formatCount(tool.calls)}</Cell>
            <Cell align="end">{formatCount(tool.errors)}</Cell>
            <Cell align="end" isWide>
              {formatCount(tool.limited)}
            </Cell>
            <Cell align="end" isWide>
              {formatCount(tool.cached)}
            </Cell>
            <Cell align="end" isWide>
              {tool.p50 === null ? '–' : formatDuration(tool.p50)}
            </Cell>
            <Cell align="end">{tool.p95 === null ? '–' : formatDuration(tool.p95)}</Cell>
            <Cell align="end" isWide>
              {formatDuration(tool.maxMs)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
