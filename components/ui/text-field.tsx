'use client';

import { Field } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';

type TextFieldProps = Omit<ComponentProps<typeof Field.Control>, 'className' | 'style' | 'onValueChange'> & {
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  readonly note?: ReactNode;
  /** What is wrong with the value now, and how to mend it; the field is marked invalid while it is there. */
  readonly problem?: string | undefined;
};

/** A labelled line of text. Note and problem are tied to it, so that they are read out with it. */
export function TextField({ label, value, onValueChange, note, problem, ...rest }: TextFieldProps) {
  return (
    <Field.Root invalid={problem !== undefined} className="flex min-w-0 flex-col gap-1">
      <Field.Label className="text-sm font-medium">{label}</Field.Label>
      <Field.Control
        {...rest}
        value={value}
        onValueChange={onValueChange}
        className="h-9 w-full rounded-md border border-control bg-raised px-2.5 text-base text-ink placeholder:text-faint max-md:text-lg data-invalid:border-over"
      />
      {problem === undefined ? null : (
        <Field.Error match className="text-sm text-over-ink">
          {problem}
        </Field.Error>
      )}
      {note === undefined ? null : (
        <Field.Description className="text-sm text-muted">{note}</Field.Description>
      )}
    </Field.Root>
  );
}
