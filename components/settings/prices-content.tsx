'use client';

import type { PriceOverrideView, PricesView } from '#lib/pricing/price-view.ts';
import { type PriceDraft, toPriceDraft } from './prices-dialog.tsx';
import { PricesModelsTable } from './prices-models-table.tsx';
import { PricesOwnTable } from './prices-own-table.tsx';

type PricesContentProps = {
  readonly prices: PricesView;
  readonly onDraft: (draft: PriceDraft) => void;
  readonly onRemove: (price: PriceOverrideView) => void;
};

/** What is in force for the models that calls have named, then the prices of one's own. */
export function PricesContent({ prices, onDraft, onRemove }: PricesContentProps) {
  const { models, overrides, priceList } = prices;
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-2">
        <h3 className="text-sm font-medium">In force for your models</h3>
        {models.length === 0 ? (
          <p className="text-muted">
            No call has named a model yet. The bundled list, {priceList}, knows about 1,650 of them.
          </p>
        ) : (
          <PricesModelsTable models={models} onDraft={onDraft} />
        )}
      </div>
      <div className="flex flex-col gap-2">
        <h3 className="text-sm font-medium">Your own prices</h3>
        {overrides.length === 0 ? (
          <p className="text-muted">
            None. Add one for a model that the list does not know, or for a rate that you agreed on.
          </p>
        ) : (
          <PricesOwnTable
            overrides={overrides}
            onEdit={(price) => onDraft(toPriceDraft({ price }))}
            onRemove={onRemove}
          />
        )}
      </div>
    </div>
  );
}
