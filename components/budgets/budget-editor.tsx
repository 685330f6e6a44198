'use client';

import type { BudgetView } from '#lib/budget/budget-view.ts';
import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { newDraft, toDraft } from './budget-draft.ts';
import { BudgetForm } from './budget-form.tsx';

type BudgetEditorProps = {
  /** Null for a new one. */
  readonly budget: BudgetView | null;
  readonly timeZone: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly onSubmit: (input: NewBudgetInput) => void;
};

/** The form with what it begins with, loaded when it is first opened. */
export function BudgetEditor({ budget, timeZone, onSubmit, ...rest }: BudgetEditorProps) {
  return (
    <BudgetForm
      {...rest}
      initial={budget === null ? newDraft(timeZone) : toDraft(budget)}
      action={budget === null ? 'Create budget' : 'Save budget'}
      // What the form does not show stays as it is.
      onSubmit={({ paused: _, ...input }) => onSubmit(input)}
    />
  );
}
