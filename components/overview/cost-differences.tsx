import { Money } from '#components/ui/money.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { NameMark } from '#components/usage/name-mark.tsx';
import { formatChange } from '#lib/format/format-change.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { CostDifference } from '#lib/overview/cost-difference.ts';

const reasons = {
  cached_twice:
    'The client counts cached tokens twice: once as fresh input, once as cache reads. The difference is what they would cost as input.',
  unknown: 'No reason known: another price list, a discount, or a fee.',
} as const;

/** Models for which clients reported another cost than ours. */
export function CostDifferences({ differences }: { readonly differences: readonly CostDifference[] }) {
  return (
    <>
      <Table label="Reported against computed cost" isDense>
        <thead>
          <tr>
            <HeaderCell>Model</HeaderCell>
            <HeaderCell align="end" isWide>
              Calls
            </HeaderCell>
            <HeaderCell align="end">Reported</HeaderCell>
            <HeaderCell align="end">Computed</HeaderCell>
            <HeaderCell align="end" isWide>
              Difference
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {differences.map((row) => (
            <tr key={`${row.provider} ${row.model}`}>
              <RowHeader>
                <span className="flex items-center gap-2">
                  <NameMark by="model" name={row.model} />
                  <span className="truncate font-medium">{row.model}</span>
                  <span className="truncate text-muted max-md:hidden">{row.provider}</span>
                </span>
                <span className="block text-xs text-muted">{reasons[row.reason]}</span>
              </RowHeader>
              <Cell align="end" isWide>
                {formatCount(row.reportedCalls)}
              </Cell>
              <Cell align="end">
                <Money usd={row.reportedCostUsd} />
              </Cell>
              <Cell align="end">
                <Money usd={row.computedCostUsd} />
              </Cell>
              <Cell align="end" isWide>
                <Money usd={row.differenceUsd} />{' '}
                <span className="text-muted">
                  {formatChange({ now: Number(row.reportedCostUsd), before: Number(row.computedCostUsd) })}
                </span>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="text-xs text-muted">
        What clients say that calls cost, and what the price list makes of the same calls. Sums on this page
        are computed.
      </p>
    </>
  );
}
