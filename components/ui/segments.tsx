'use client';

import { useId, useState } from 'react';
import { classNames } from './class-names.ts';

type SegmentsProps<Value extends string> = {
  /** Read out before the choices; not drawn. */
  readonly label: string;
  /** Null when none of them holds. */
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onValueChange: (value: Value) => void;
  /** A low one stands in a panel's head; at phone width a finger needs the full height. */
  readonly isLow?: boolean;
};

/** One of a few, all in sight. Radio buttons underneath: arrow keys move between them. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onValueChange,
  isLow = false,
}: SegmentsProps<Value>) {
  const name = useId();
  // A choice that is kept in the address comes back a moment later: the button must not jump back meanwhile.
  const [choice, setChoice] = useState<{ readonly of: Value | null; readonly next: Value } | null>(null);
  if (choice !== null && choice.of !== value) setChoice(null);
  const shown = choice?.of === value ? choice.next : value;
  const choose = (next: Value) => {
    setChoice({ of: value, next });
    onValueChange(next);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div
        className={classNames(
          'flex h-9 rounded-md border border-control bg-raised p-0.5',
          isLow && 'md:h-7 md:border-hairline-strong',
        )}
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              'relative flex items-center rounded-sm text-sm whitespace-nowrap text-muted hover:text-ink',
              isLow ? 'px-2.5 md:px-2 md:text-xs' : 'px-2.5',
              'has-checked:bg-accent-quiet has-checked:font-medium has-checked:text-ink',
              'has-focus-visible:outline-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={shown === option.value}
              onChange={() => choose(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
