'use client';

import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { sources } from '#lib/usage/source.ts';
import type { DraftFieldsProps } from './budget-form.tsx';

const sourceOptions = [
  { value: 'any', label: 'Any' },
  ...sources.map((source) => ({ value: source, label: source })),
] as const;

const patterns = [
  ['agent', 'Agent'],
  ['model', 'Model'],
  ['provider', 'Provider'],
  ['session', 'Session'],
] as const;

/** Whose spend counts. Everything that is left empty fits. */
export function BudgetScopeFields({ draft, problems, onChange }: DraftFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-sm font-medium">What it counts</legend>
      <p className="text-sm text-muted">
        Left empty it counts everything. <code className="font-mono">*</code> stands for anything:{' '}
        <code className="font-mono">bot-*</code>.
      </p>
      <div className="grid gap-4 md:grid-cols-2">
        {patterns.map(([name, label]) => (
          <TextField
            key={name}
            label={label}
            autoComplete="off"
            value={draft[name]}
            onValueChange={(value) => onChange({ [name]: value })}
            problem={problems[name]}
          />
        ))}
      </div>
      <SelectField
        label="Source"
        value={draft.source}
        options={sourceOptions}
        onValueChange={(source) => onChange({ source })}
      />
    </fieldset>
  );
}
