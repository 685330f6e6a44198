'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { savePrice } from '#lib/client/change-prices.ts';
import { pricesQuery } from '#lib/client/prices-query.ts';
import type { RepriceChoice } from '#lib/client/reprice.ts';
import type { PricedModel, PriceOverrideView } from '#lib/pricing/price-view.ts';
import { PricesForm } from './prices-form.tsx';

/** What the form begins with. Rates are as typed; empty ones take their default. */
export type PriceDraft = {
  /** Null for a new price. */
  readonly id: string | null;
  readonly provider: string;
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly cacheRead: string;
  readonly cacheWrite5m: string;
  readonly cacheWrite1h: string;
  /** Days of UTC, or empty. */
  readonly validFrom: string;
  readonly validTo: string;
};

type DraftFrom = { readonly model?: PricedModel; readonly price?: PriceOverrideView };

/** A draft from a price to be edited, or from a model with what is in force for it now, or an empty one. */
export function toPriceDraft({ model, price }: DraftFrom): PriceDraft {
  const rates = price ?? model?.rates;
  return {
    id: price?.id ?? null,
    provider: price?.provider ?? model?.provider ?? '*',
    model: price?.model ?? model?.model ?? '',
    input: rates?.inputUsdPerMillion ?? '',
    output: rates?.outputUsdPerMillion ?? '',
    cacheRead: rates?.cacheReadUsdPerMillion ?? '',
    cacheWrite5m: rates?.cacheWrite5mUsdPerMillion ?? '',
    cacheWrite1h: rates?.cacheWrite1hUsdPerMillion ?? '',
    validFrom: price?.validFrom?.slice(0, 10) ?? '',
    validTo: price?.validTo?.slice(0, 10) ?? '',
  };
}

type PricesDialogProps = {
  /** Null while it is closed. */
  readonly draft: PriceDraft | null;
  readonly onClose: () => void;
  /** Whose stored calls may have another price now. */
  readonly onSaved: (models: RepriceChoice) => void;
};

/** Adds or edits a price of one's own. */
export function PricesDialog({ draft, onClose, onSaved }: PricesDialogProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  // What was shown stays while the closed dialog fades.
  const [shown, setShown] = useState<PriceDraft | null>(null);
  if (draft !== null && draft !== shown) setShown(draft);
  const save = useMutation({
    mutationFn: savePrice,
    onSuccess: async ({ provider, model }, { id }) => {
      await queryClient.invalidateQueries({ queryKey: pricesQuery.queryKey });
      showToast(`The price of ${model} is saved.`);
      const isOneModel = id === null && !provider.includes('*') && !model.includes('*');
      onSaved(isOneModel ? [{ provider, model }] : null);
    },
  });
  const close = () => {
    save.reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={draft !== null}
      onOpenChange={close}
      title={shown?.id == null ? 'Add a price' : 'Edit the price'}
      note="Calls from now on are priced by it. Stored calls keep their cost until you re-price them."
    >
      {shown === null ? null : (
        <PricesForm
          key={`${shown.id} ${shown.provider} ${shown.model}`}
          draft={shown}
          isBusy={save.isPending}
          error={save.error}
          onCancel={close}
          onSubmit={(body) => save.mutate({ id: shown.id, body })}
        />
      )}
    </Dialog>
  );
}
