import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { QueryClassRow } from '#lib/operations/operations-report.ts';

const described = {
  simple: 'under 2,000 tokens',
  medium: '2,000 to 5,000 tokens',
  complex: 'over 5,000 tokens',
} as const satisfies Record<QueryClassRow['name'], string>;

/** The slowest twentieth of each class against its target. */
export function ClassesTable({ classes }: { readonly classes: readonly QueryClassRow[] }) {
  return (
    <Table label="Answers against their targets">
      <thead>
        <tr>
          <HeaderCell>Class</HeaderCell>
          <HeaderCell align="end">Calls</HeaderCell>
          <HeaderCell align="end">p50</HeaderCell>
          <HeaderCell align="end">p95</HeaderCell>
          <HeaderCell align="end" isWide>
            Late
          </HeaderCell>
          <HeaderCell isWide>p95 against the target</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {classes.map((row) => (
          <tr key={row.name}>
            <RowHeader>
              <span className="font-medium capitalize">{row.name}</span>{' '}
              <span className="text-muted max-md:block">
                {described[row.name]}, target {formatDuration(row.targetMs)}
              </span>
            </RowHeader>
            <Cell align="end">{formatCount(row.calls)}</Cell>
            <Cell align="end">{row.p50 === null ? '–' : formatDuration(row.p50)}</Cell>
            <Cell align="end">{row.p95 === null ? '–' : formatDuration(row.p95)}</Cell>
            <Cell align="end" isWide>
              {row.calls === 0 ? '–' : formatPercent(row.overTarget / row.calls)}
            </Cell>
            <Cell isWide>
              <span className="block w-48">
                {row.p95 === null ? null : (
                  <LoadGauge
                    label={`p95 of ${row.name} answers`}
                    value={row.p95}
                    limit={row.targetMs}
                    format={formatDuration}
                    isCompact
                  />
                )}
              </span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
