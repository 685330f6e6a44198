'use client';

import { useId } from 'react';

type Option<Value extends string> = { readonly value: Value; readonly label: string };

type SelectFieldProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onValueChange: (value: Value) => void;
  /** The label stands above, as a text field's does, for a row of both. */
  readonly isLabelAbove?: boolean;
};

/**
 * One of a short list, with its label before or above it. The browser's own select: it brings the keyboard, the
 * screen reader and the wheel of a phone with it, and a drawn one costs each page 45 kB of script.
 */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onValueChange, isLabelAbove = false } = props;
  const id = useId();
  return (
    <div className={isLabelAbove ? 'flex min-w-0 flex-col gap-1' : 'flex items-center gap-2'}>
      <label htmlFor={id} className={isLabelAbove ? 'text-sm font-medium' : 'text-sm text-muted'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onValueChange(chosen.value);
        }}
        className="h-9 max-w-full min-w-0 rounded-md border border-control bg-raised px-2 text-base text-ink hover:border-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
