'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { pricesQuery } from '#lib/client/prices-query.ts';
import type { RepriceChoice } from '#lib/client/reprice.ts';
import type { PriceOverrideView } from '#lib/pricing/price-view.ts';
import { PricesContent } from './prices-content.tsx';
import { type PriceDraft, PricesDialog, toPriceDraft } from './prices-dialog.tsx';
import { PricesRemoveDialog } from './prices-remove-dialog.tsx';
import { PricesRepriceDialog } from './prices-reprice-dialog.tsx';

/** Rates in force, rates of one's own, and pricing stored calls anew. */
export function PricesSection() {
  const [draft, setDraft] = useState<PriceDraft | null>(null);
  const [removing, setRemoving] = useState<PriceOverrideView | null>(null);
  const [repricing, setRepricing] = useState<{ readonly models: RepriceChoice } | null>(null);
  const { data, error, isFetching, refetch } = useQuery(pricesQuery);
  return (
    <Section
      id="prices"
      title="Prices"
      note="US dollars for a million tokens. A price of your own wins over the bundled list from the next call on."
      actions={
        <div className="flex gap-2">
          <Button onClick={() => setRepricing({ models: null })}>Re-price stored calls</Button>
          <Button tone="main" onClick={() => setDraft(toPriceDraft({}))}>
            Add price
          </Button>
        </div>
      }
    >
      {data !== undefined ? (
        <PricesContent prices={data} onDraft={setDraft} onRemove={setRemoving} />
      ) : error !== null ? (
        <ErrorState
          title="The prices could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <LoadingRegion label="Loading prices">
          <Skeleton className="h-40" />
        </LoadingRegion>
      )}
      <PricesDialog
        draft={draft}
        onClose={() => setDraft(null)}
        onSaved={(models) => {
          setDraft(null);
          setRepricing({ models });
        }}
      />
      <PricesRemoveDialog
        price={removing}
        onClose={() => setRemoving(null)}
        onRemoved={() => {
          setRemoving(null);
          setRepricing({ models: null });
        }}
      />
      <PricesRepriceDialog choice={repricing} onClose={() => setRepricing(null)} />
    </Section>
  );
}
