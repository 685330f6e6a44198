'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { deleteBudget } from '#lib/client/change-budget.ts';

type DeleteBudgetDialogProps = { readonly budget: BudgetView | null; readonly onClose: () => void };

/** Asks before a budget is removed. */
export function DeleteBudgetDialog({ budget, onClose }: DeleteBudgetDialogProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  // The name stays in the title while the closed dialog fades.
  const [lastName, setLastName] = useState('');
  if (budget !== null && budget.name !== lastName) setLastName(budget.name);
  const remove = useMutation({
    mutationFn: deleteBudget,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
      showToast(`The budget “${lastName}” is deleted.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen={budget !== null}
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        remove.reset();
        onClose();
      }}
      title={`Delete “${lastName}”?`}
      note="It neither warns nor refuses any more. What was spent stays in the books."
      action="Delete budget"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => {
        if (budget !== null) remove.mutate(budget.id);
      }}
    />
  );
}
