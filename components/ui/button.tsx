'use client';

import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { type ButtonLook, buttonClassNames } from './button-class-names.ts';

type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className' | 'style'> &
  ButtonLook & {
    /** Shown instead of the children while an action runs; the button stays focusable and does nothing. */
    readonly busyLabel?: string | undefined;
    readonly isBusy?: boolean;
  };

/** The one button. A busy button keeps its focus, so that a keyboard user is not thrown to the page's top. */
export function Button({ tone, size, busyLabel, isBusy = false, children, disabled, ...rest }: ButtonProps) {
  return (
    <BaseButton
      {...rest}
      className={buttonClassNames({ tone, size })}
      disabled={disabled === true || isBusy}
      focusableWhenDisabled={isBusy}
      aria-busy={isBusy || undefined}
    >
      {isBusy ? (busyLabel ?? children) : children}
    </BaseButton>
  );
}
