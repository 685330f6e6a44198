'use client';

import { Button } from '#components/ui/button.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import type { PriceOverrideView } from '#lib/pricing/price-view.ts';

type PricesOwnTableProps = {
  readonly overrides: readonly PriceOverrideView[];
  readonly onEdit: (price: PriceOverrideView) => void;
  readonly onRemove: (price: PriceOverrideView) => void;
};

/** Prices of one's own, past and future ones too. */
export function PricesOwnTable({ overrides, onEdit, onRemove }: PricesOwnTableProps) {
  return (
    <Table label="Your own prices">
      <thead>
        <tr>
          <HeaderCell>Model</HeaderCell>
          <HeaderCell align="end">Input</HeaderCell>
          <HeaderCell align="end">Output</HeaderCell>
          <HeaderCell isWide>Holds</HeaderCell>
          <HeaderCell align="end">
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {overrides.map((price) => (
          <tr key={price.id}>
            <RowHeader>
              <span className="block truncate font-medium">{price.model}</span>
              <span className="block truncate text-xs text-muted">{providerName(price)}</span>
              <span className="block text-xs text-muted md:hidden">{describeSpan(price)}</span>
            </RowHeader>
            <Cell align="end">{price.inputUsdPerMillion}</Cell>
            <Cell align="end">{price.outputUsdPerMillion}</Cell>
            <Cell isWide>
              <span
                title={`${price.validFrom ?? 'from the beginning'} to ${price.validTo ?? 'further notice'}`}
              >
                {describeSpan(price)}
              </span>
            </Cell>
            <Cell align="end">
              <span className="flex justify-end gap-2 max-md:flex-col">
                <Button
                  size="small"
                  aria-label={`Edit the price of ${price.model}`}
                  onClick={() => onEdit(price)}
                >
                  Edit
                </Button>
                <Button
                  size="small"
                  aria-label={`Remove the price of ${price.model}`}
                  onClick={() => onRemove(price)}
                >
                  Remove
                </Button>
              </span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function providerName({ provider }: PriceOverrideView): string {
  return provider === '*' ? 'any provider' : provider;
}

function describeSpan({ validFrom, validTo }: PriceOverrideView): string {
  if (validFrom === null && validTo === null) return 'always';
  const from = validFrom === null ? null : `from ${validFrom.slice(0, 10)}`;
  const to = validTo === null ? null : `to ${validTo.slice(0, 10)}`;
  return [from, to].filter((part) => part !== null).join(' ');
}
