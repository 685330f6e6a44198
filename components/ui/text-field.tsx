'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';

type TextFieldProps = Omit<ComponentProps<'input'>, 'className' | 'style' | 'id' | 'onChange'> & {
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly note?: ReactNode;
  /** What is wrong with the value now, and how to mend it; the field is marked invalid while it is there. */
  readonly problem?: string | undefined;
};

/** A labelled line of text. Note and problem are tied to it, so that they are read out with it. */
export function TextField({ label, onValueChange, note, problem, ...rest }: TextFieldProps) {
  const id = useId();
  const described = [problem === undefined ? '' : `${id}-problem`, note === undefined ? '' : `${id}-note`];
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        type="text"
        {...rest}
        id={id}
        onChange={(event) => onValueChange(event.target.value)}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={described.join(' ').trim() || undefined}
        className="h-9 w-full rounded-md border border-control bg-raised px-2.5 text-base text-ink placeholder:text-faint max-md:text-lg aria-invalid:border-over"
      />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="text-sm text-over-ink">
          {problem}
        </p>
      )}
      {note === undefined ? null : (
        <p id={`${id}-note`} className="text-sm text-muted">
          {note}
        </p>
      )}
    </div>
  );
}
