'use client';

import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CheckboxField } from '#components/ui/checkbox-field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { type BudgetDraft, type DraftProblems, readDraft } from './budget-draft.ts';
import { BudgetPeriodFields } from './budget-period-fields.tsx';
import { BudgetPreviewPanel } from './budget-preview-panel.tsx';
import { BudgetRuleFields } from './budget-rule-fields.tsx';
import { BudgetScopeFields } from './budget-scope-fields.tsx';
import { TokenBucketFields } from './token-bucket-fields.tsx';

export type DraftFieldsProps = {
  readonly draft: BudgetDraft;
  readonly problems: DraftProblems;
  readonly onChange: (change: Partial<BudgetDraft>) => void;
};

type BudgetFormProps = {
  readonly initial: BudgetDraft;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly onSubmit: (input: NewBudgetInput) => void;
};

/** A budget as it is set, checked by the schema of the API as one types, with what it would mean. */
export function BudgetForm({ initial, action, isBusy, error, onCancel, onSubmit }: BudgetFormProps) {
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { input, problems } = readDraft(draft);
  // An untouched field is not scolded for being empty.
  const shown = Object.fromEntries(Object.entries(problems).filter(([field]) => touched.has(field)));
  const change = (changes: Partial<BudgetDraft>) => {
    setDraft({ ...draft, ...changes });
    setTouched(new Set([...touched, ...Object.keys(changes).flatMap(fieldsOf)]));
  };
  const fields = { draft, problems: shown, onChange: change };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (input === null) setTouched(new Set(Object.keys(problems)));
        else onSubmit(input);
      }}
    >
      {error === null ? null : <Notice tone="over">{error.message}</Notice>}
      <TextField
        label="Name"
        autoComplete="off"
        maxLength={100}
        value={draft.name}
        onValueChange={(name) => change({ name })}
        problem={shown['name']}
      />
      <LimitFields {...fields} />
      <BudgetPeriodFields {...fields} />
      <BudgetScopeFields {...fields} />
      <BudgetRuleFields {...fields} />
      <HardFields {...fields} />
      <BudgetPreviewPanel input={input} timeZone={draft.timeZone} />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="main" isBusy={isBusy} busyLabel="Saving…">
          {action}
        </Button>
      </div>
    </form>
  );
}

const schemaFields: Readonly<Record<string, readonly string[]>> = {
  fromDay: ['from'],
  lastDay: ['to'],
  burnPercent: ['percent'],
  burnHours: ['hours', 'sustainedHours'],
  burnSustainedHours: ['sustainedHours'],
};

/** The fields of the schema that a field of the form decides. */
function fieldsOf(name: string): readonly string[] {
  return schemaFields[name] ?? [name];
}

function LimitFields({ draft, problems, onChange }: DraftFieldsProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label="Limit in USD"
          inputMode="decimal"
          autoComplete="off"
          value={draft.limitUsd}
          onValueChange={(limitUsd) => onChange({ limitUsd })}
          problem={problems['limitUsd']}
        />
        <TextField
          label="Limit in tokens"
          inputMode="numeric"
          autoComplete="off"
          note="With both, the one that is reached first counts."
          value={draft.limitTokens}
          onValueChange={(limitTokens) => onChange({ limitTokens })}
          problem={problems['limitTokens']}
        />
      </div>
      {draft.limitTokens.trim() === '' ? null : (
        <TokenBucketFields
          counted={draft.countTokens}
          problem={problems['countTokens']}
          onChange={(countTokens) => onChange({ countTokens })}
        />
      )}
    </div>
  );
}

function HardFields({ draft, onChange }: DraftFieldsProps) {
  const id = useId();
  return (
    <fieldset className="flex flex-col gap-3" aria-labelledby={id}>
      <legend id={id} className="mb-2 text-sm font-medium">
        When it is used up
      </legend>
      <CheckboxField
        label="Hard: refuse holds that do not fit"
        note="Agents that ask for a hold before each call are stopped at the limit. Without this it only warns."
        isChecked={draft.hard}
        onCheckedChange={(hard) => onChange({ hard })}
      />
      {draft.hard ? (
        <CheckboxField
          label="Let calls go on while the database is away"
          note="Holds cannot be checked then. Leave it off to have them refused."
          isChecked={draft.failsOpen}
          onCheckedChange={(failsOpen) => onChange({ failsOpen })}
        />
      ) : null}
    </fieldset>
  );
}
