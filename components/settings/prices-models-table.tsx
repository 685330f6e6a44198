'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { PricedModel, RatesInForce } from '#lib/pricing/price-view.ts';
import { type PriceDraft, toPriceDraft } from './prices-dialog.tsx';

type PricesModelsTableProps = {
  readonly models: readonly PricedModel[];
  readonly onDraft: (draft: PriceDraft) => void;
};

/** Models that calls have named with their rates now; those without a price first. */
export function PricesModelsTable({ models, onDraft }: PricesModelsTableProps) {
  return (
    <Table label="Rates in force">
      <thead>
        <tr>
          <HeaderCell>Model</HeaderCell>
          <HeaderCell align="end">Input</HeaderCell>
          <HeaderCell align="end">Output</HeaderCell>
          <HeaderCell align="end" isWide>
            Cache read
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Write 5 min / 1 h
          </HeaderCell>
          <HeaderCell isWide>From</HeaderCell>
          <HeaderCell align="end">
            <span className="sr-only">Action</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <ModelRow key={`${model.provider} ${model.model}`} model={model} onDraft={onDraft} />
        ))}
      </tbody>
    </Table>
  );
}

function ModelRow({
  model,
  onDraft,
}: {
  readonly model: PricedModel;
  readonly onDraft: (draft: PriceDraft) => void;
}) {
  const { rates } = model;
  return (
    <tr>
      <RowHeader>
        <span className="block truncate font-medium">{model.model}</span>
        <span className="block truncate text-xs text-muted">
          {model.provider} · {countOf(model.calls, 'call')}
        </span>
        <span className="block truncate text-xs text-muted md:hidden">{originName(rates)}</span>
        {model.unpricedTokens === 0 ? null : (
          <span className="block text-xs text-near-ink">
            <TokenCount tokens={model.unpricedTokens} /> tokens stored without a price
          </span>
        )}
      </RowHeader>
      <Cell align="end">{rates?.inputUsdPerMillion ?? '–'}</Cell>
      <Cell align="end">{rates?.outputUsdPerMillion ?? '–'}</Cell>
      <Cell align="end" isWide>
        {rates?.cacheReadUsdPerMillion ?? '–'}
      </Cell>
      <Cell align="end" isWide>
        {rates === null ? '–' : `${rates.cacheWrite5mUsdPerMillion} / ${rates.cacheWrite1hUsdPerMillion}`}
      </Cell>
      <Cell isWide>{rates === null ? <Badge tone="near">no price</Badge> : <Origin rates={rates} />}</Cell>
      <Cell align="end">
        <Button
          size="small"
          aria-label={`Set price for ${model.model}`}
          onClick={() => onDraft(toPriceDraft({ model }))}
        >
          Set price
        </Button>
      </Cell>
    </tr>
  );
}

/** Where the rates come from, and since when they hold where that is known. */
function Origin({ rates }: { readonly rates: RatesInForce }) {
  const notes = [
    rates.since === null ? null : `since ${rates.since.slice(0, 10)}`,
    rates.matched === 'guessed-provider' ? 'provider guessed' : null,
    rates.tiers.length === 0 ? null : tierNote(rates),
  ].filter((note) => note !== null);
  return (
    <>
      <span className="block whitespace-nowrap">{originName(rates)}</span>
      {notes.map((note) => (
        <span key={note} className="block text-xs text-muted">
          {note}
        </span>
      ))}
    </>
  );
}

function originName(rates: RatesInForce | null): string {
  if (rates === null) return 'no price';
  return rates.origin === 'override' ? 'your own' : rates.version;
}

function tierNote({ tiers }: RatesInForce): string {
  const tier = tiers[0];
  if (tier === undefined) return '';
  return `${tier.inputUsdPerMillion} / ${tier.outputUsdPerMillion} above ${formatCount(tier.aboveContextTokens)} tokens`;
}
