'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Money } from '#components/ui/money.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { saveBudget } from '#lib/client/change-budget.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { describePeriod, describeScope } from './describe-budget.ts';

type BudgetsTableProps = {
  readonly budgets: readonly BudgetView[];
  readonly onEdit: (budget: BudgetView) => void;
  readonly onDelete: (budget: BudgetView) => void;
};

/** Budgets with what they limit, how much of it is gone, and what can be done with them. */
export function BudgetsTable({ budgets, onEdit, onDelete }: BudgetsTableProps) {
  return (
    <Table label="Budgets">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell isWide align="end">
            Limit
          </HeaderCell>
          <HeaderCell isWide align="end">
            Spent
          </HeaderCell>
          <HeaderCell isWide align="end">
            <span className="sr-only">Actions</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {budgets.map((budget) => (
          <BudgetRow key={budget.id} budget={budget} onEdit={onEdit} onDelete={onDelete} />
        ))}
      </tbody>
    </Table>
  );
}

type BudgetRowProps = Omit<BudgetsTableProps, 'budgets'> & { readonly budget: BudgetView };

function BudgetRow(actions: BudgetRowProps) {
  const { budget } = actions;
  return (
    <tr>
      <RowHeader>
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{budget.name}</span>
          <Badge>{budget.paused ? 'paused' : budget.hard ? 'hard' : 'soft'}</Badge>
        </span>
        <span className="block truncate text-xs text-muted">{describeScope(budget.scope)}</span>
        <span className="block truncate text-xs text-muted">
          {describePeriod(budget)}, {budget.timeZone}
        </span>
        <span className="block text-xs text-muted md:hidden">
          <Limit budget={budget} />, {budget.spentPercent} % spent
        </span>
        <span className="flex gap-2 pt-2 md:hidden">
          <BudgetActions {...actions} />
        </span>
      </RowHeader>
      <Cell isWide align="end">
        <Limit budget={budget} />
      </Cell>
      <Cell isWide align="end">
        {budget.spentPercent} %
      </Cell>
      <Cell isWide align="end">
        <span className="flex justify-end gap-2">
          <BudgetActions {...actions} />
        </span>
      </Cell>
    </tr>
  );
}

/** Beside the figures, or under them at phone width. */
function BudgetActions({ budget, onEdit, onDelete }: BudgetRowProps) {
  return (
    <>
      <Button size="small" aria-label={`Edit ${budget.name}`} onClick={() => onEdit(budget)}>
        Edit
      </Button>
      <PauseButton budget={budget} />
      <Button size="small" aria-label={`Delete ${budget.name}`} onClick={() => onDelete(budget)}>
        Delete
      </Button>
    </>
  );
}

function Limit({ budget }: { readonly budget: BudgetView }) {
  return (
    <>
      {budget.limitUsd === null ? null : <Money usd={budget.limitUsd} />}
      {budget.limitUsd === null || budget.limitTokens === null ? null : ' or '}
      {budget.limitTokens === null ? null : (
        <span title={`${budget.limitTokens} tokens`}>{formatTokens(budget.limitTokens)} tokens</span>
      )}
    </>
  );
}

function PauseButton({ budget }: { readonly budget: BudgetView }) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  const paused = !budget.paused;
  const save = useMutation({
    mutationFn: saveBudget,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
      showToast(paused ? `“${budget.name}” is paused.` : `“${budget.name}” counts again.`);
    },
    onError: (error) => showToast(error.message),
  });
  return (
    <Button
      size="small"
      aria-label={`${paused ? 'Pause' : 'Resume'} ${budget.name}`}
      isBusy={save.isPending}
      onClick={() => save.mutate({ id: budget.id, input: { paused } })}
    >
      {paused ? 'Pause' : 'Resume'}
    </Button>
  );
}
