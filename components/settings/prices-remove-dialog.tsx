'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { removePrice } from '#lib/client/change-prices.ts';
import { pricesQuery } from '#lib/client/prices-query.ts';
import type { PriceOverrideView } from '#lib/pricing/price-view.ts';

type PricesRemoveDialogProps = {
  /** Null while nothing is asked. */
  readonly price: PriceOverrideView | null;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
};

/** Asks before a price of one's own is removed. */
export function PricesRemoveDialog({ price, onClose, onRemoved }: PricesRemoveDialogProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  // The name stays in the title while the closed dialog fades.
  const [lastModel, setLastModel] = useState('');
  if (price !== null && price.model !== lastModel) setLastModel(price.model);
  const remove = useMutation({
    mutationFn: removePrice,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: pricesQuery.queryKey });
      showToast(`The price of ${lastModel} is removed.`);
      onRemoved();
    },
  });
  return (
    <ConfirmDialog
      isOpen={price !== null}
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        remove.reset();
        onClose();
      }}
      title={`Remove the price of ${lastModel}?`}
      note="Calls from now on are priced by what else fits. Stored calls keep their cost until you re-price them."
      action="Remove price"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => {
        if (price !== null) remove.mutate(price.id);
      }}
    />
  );
}
