import { Money } from '#components/ui/money.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import type { Repricing } from '#lib/pricing/price-view.ts';

const modelsShown = 8;

/** What re-pricing would change: by model, then in total. */
export function PricesChanges({ repricing }: { readonly repricing: Repricing }) {
  const { calls, changed, models, unpricedTokensBefore, unpricedTokensAfter } = repricing;
  if (changed === 0) {
    return (
      <p className="text-muted">
        {calls === 0
          ? 'There are no such calls.'
          : `All ${formatCount(calls)} calls have the cost that today’s prices give them.`}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <Table label="What would change">
        <thead>
          <tr>
            <HeaderCell>Model</HeaderCell>
            <HeaderCell align="end">Now</HeaderCell>
            <HeaderCell align="end">Then</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {models.slice(0, modelsShown).map((model) => (
            <tr key={`${model.provider} ${model.model}`}>
              <RowHeader>
                <span className="block truncate font-medium">{model.model}</span>
                <span className="block truncate text-xs text-muted">
                  {model.provider} · {formatCount(model.calls)} calls change
                </span>
              </RowHeader>
              <Cell align="end">
                <Money usd={model.beforeUsd} />
              </Cell>
              <Cell align="end">
                <Money usd={model.afterUsd} />
              </Cell>
            </tr>
          ))}
          <tr>
            <RowHeader>
              <span className="font-medium">All {formatCount(calls)} calls</span>
            </RowHeader>
            <Cell align="end">
              <Money usd={repricing.beforeUsd} />
            </Cell>
            <Cell align="end">
              <Money usd={repricing.afterUsd} />
            </Cell>
          </tr>
        </tbody>
      </Table>
      <p className="text-sm text-muted">
        {models.length > modelsShown
          ? `The top ${modelsShown} of ${formatCount(models.length)} models. `
          : ''}
        Tokens without a price: <TokenCount tokens={unpricedTokensBefore} /> now,{' '}
        <TokenCount tokens={unpricedTokensAfter} /> then.
      </p>
    </div>
  );
}
