'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { saveBudget } from '#lib/client/change-budget.ts';
import { settingsQuery } from '#lib/client/settings-query.ts';

// It brings the schema of the API with it, which nobody needs who only looks.
const BudgetEditor = dynamic(async () => (await import('./budget-editor.tsx')).BudgetEditor, {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
});

type BudgetDialogProps = {
  readonly edited: BudgetView | 'new' | null;
  readonly onClose: () => void;
};

/** A new budget, or one that is changed. */
export function BudgetDialog({ edited, onClose }: BudgetDialogProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  const { data: settings } = useQuery(settingsQuery);
  // The form stays drawn while the closed dialog fades.
  const [last, setLast] = useState<BudgetView | 'new'>('new');
  if (edited !== null && edited !== last) setLast(edited);
  const save = useMutation({
    mutationFn: saveBudget,
    onSuccess: async (budget) => {
      await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
      showToast(`The budget “${budget.name}” is saved.`);
      close();
    },
  });
  function close() {
    save.reset();
    onClose();
  }
  const budget = last === 'new' ? null : last;
  return (
    <Dialog
      isOpen={edited !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      title={budget === null ? 'Create a budget' : `Edit “${budget.name}”`}
    >
      <BudgetEditor
        key={budget?.id ?? 'new'}
        budget={budget}
        timeZone={settings?.timeZone ?? 'UTC'}
        isBusy={save.isPending}
        error={save.error}
        onCancel={close}
        onSubmit={(input) => save.mutate({ id: budget?.id ?? null, input })}
      />
    </Dialog>
  );
}
