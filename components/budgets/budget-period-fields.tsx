'use client';

import { useId } from 'react';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { DraftFieldsProps } from './budget-form.tsx';

const periods = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'span', label: 'From one day to another' },
] as const;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, index) => ({ value: String(index + 1), label }),
);

/** When the budget begins anew, and by whose clocks. */
export function BudgetPeriodFields({ draft, problems, onChange }: DraftFieldsProps) {
  const zonesId = useId();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-4">
        <SelectField
          label="Period"
          value={draft.period}
          options={periods}
          onValueChange={(period) => onChange({ period })}
        />
        {draft.period === 'week' ? (
          <SelectField
            label="Begins on"
            value={draft.weekStart}
            options={weekdays}
            onValueChange={(weekStart) => onChange({ weekStart })}
          />
        ) : null}
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        {draft.period === 'month' ? (
          <TextField
            label="Begins on day"
            inputMode="numeric"
            note="29 to 31 mean a shorter month's last day."
            value={draft.anchorDay}
            onValueChange={(anchorDay) => onChange({ anchorDay })}
            problem={problems['anchorDay']}
          />
        ) : null}
        {draft.period === 'span' ? (
          <>
            <TextField
              label="First day"
              type="date"
              value={draft.fromDay}
              onValueChange={(fromDay) => onChange({ fromDay })}
              problem={problems['from']}
            />
            <TextField
              label="Last day"
              type="date"
              value={draft.lastDay}
              onValueChange={(lastDay) => onChange({ lastDay })}
              problem={problems['to']}
            />
          </>
        ) : null}
        <TextField
          label="Time zone"
          list={zonesId}
          autoComplete="off"
          value={draft.timeZone}
          onValueChange={(timeZone) => onChange({ timeZone })}
          problem={problems['timeZone']}
        />
        <datalist id={zonesId}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
    </div>
  );
}
