'use client';

import { CheckboxField } from '#components/ui/checkbox-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { DraftFieldsProps } from './budget-form.tsx';

/** When somebody is told. */
export function BudgetRuleFields({ draft, problems, onChange }: DraftFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-medium">Alerts</legend>
      <TextField
        label="At per cent of the limit"
        note="Each once in every window."
        autoComplete="off"
        value={draft.thresholds}
        onValueChange={(thresholds) => onChange({ thresholds })}
        problem={problems['thresholds']}
      />
      <CheckboxField
        label="When it burns too fast"
        note="So much within the hours, and the same rate over the longer ones."
        isChecked={draft.burns}
        onCheckedChange={(burns) => onChange({ burns })}
      />
      {draft.burns ? (
        <div className="grid grid-cols-3 gap-4">
          <TextField
            label="Per cent"
            inputMode="decimal"
            value={draft.burnPercent}
            onValueChange={(burnPercent) => onChange({ burnPercent })}
            problem={problems['percent']}
          />
          <TextField
            label="Within hours"
            inputMode="numeric"
            value={draft.burnHours}
            onValueChange={(burnHours) => onChange({ burnHours })}
            problem={problems['hours']}
          />
          <TextField
            label="Held over hours"
            inputMode="numeric"
            value={draft.burnSustainedHours}
            onValueChange={(burnSustainedHours) => onChange({ burnSustainedHours })}
            problem={problems['sustainedHours']}
          />
        </div>
      ) : null}
      <CheckboxField
        label="When a day is unusual"
        note="Far above the past four weeks' days. Silent until there are seven of them with spend."
        isChecked={draft.anomaly}
        onCheckedChange={(anomaly) => onChange({ anomaly })}
      />
    </fieldset>
  );
}
