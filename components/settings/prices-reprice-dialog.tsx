'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { applyRepricing, type RepriceChoice, repricePreviewQuery } from '#lib/client/reprice.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { PricesChanges } from './prices-changes.tsx';

type PricesRepriceDialogProps = {
  /** Whose calls; null while it is closed. */
  readonly choice: { readonly models: RepriceChoice } | null;
  readonly onClose: () => void;
};

/** Shows what re-pricing would change, and does it when told to. */
export function PricesRepriceDialog({ choice, onClose }: PricesRepriceDialogProps) {
  // What was shown stays while the closed dialog fades.
  const [shown, setShown] = useState(choice);
  if (choice !== null && choice !== shown) setShown(choice);
  return (
    <Dialog
      isOpen={choice !== null}
      onOpenChange={onClose}
      title="Re-price stored calls"
      note="Each call gets the rates of its own time. Nothing is changed before you say so."
    >
      {shown === null ? null : <RepriceSteps models={shown.models} onClose={onClose} />}
    </Dialog>
  );
}

type RepriceStepsProps = { readonly models: RepriceChoice; readonly onClose: () => void };

function RepriceSteps({ models, onClose }: RepriceStepsProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  const preview = useQuery(repricePreviewQuery(models));
  const apply = useMutation({
    mutationFn: () => applyRepricing(models),
    onSuccess: ({ changed }) => {
      showToast(`${countCalls(changed)} re-priced.`);
      onClose();
    },
    // Also after a failure: what came before it is done.
    onSettled: () =>
      queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'reprice-preview' }),
  });
  const changed = preview.data?.changed ?? 0;
  return (
    <>
      {apply.error === null ? null : (
        <Notice tone="over">
          {apply.error.message} What was changed before is kept; try again for the rest.
        </Notice>
      )}
      {preview.data !== undefined ? (
        <PricesChanges repricing={preview.data} />
      ) : preview.error !== null ? (
        <Notice tone="over">{preview.error.message}</Notice>
      ) : (
        <LoadingRegion label="Pricing the stored calls">
          <Skeleton className="h-28" />
        </LoadingRegion>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{preview.data !== undefined && changed === 0 ? 'Close' : 'Not now'}</Button>
        {preview.data !== undefined && changed === 0 ? null : (
          <Button
            tone="main"
            disabled={preview.data === undefined}
            isBusy={apply.isPending}
            busyLabel="Re-pricing…"
            onClick={() => apply.mutate()}
          >
            {preview.data === undefined ? 'Re-price' : `Re-price ${countCalls(changed)}`}
          </Button>
        )}
      </div>
    </>
  );
}

function countCalls(calls: number): string {
  return calls === 1 ? '1 call' : `${formatCount(calls)} calls`;
}
