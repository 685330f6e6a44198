import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonLook, buttonClassNames } from './button-class-names.ts';

type ButtonProps = Omit<ComponentProps<'button'>, 'className' | 'style'> &
  ButtonLook & {
    /** Shown instead of the children while an action runs; the button stays focusable and does nothing. */
    readonly busyLabel?: string | undefined;
    readonly isBusy?: boolean;
  };

/** The one button. A busy button keeps its focus, so that a keyboard user is not thrown to the page's top. */
export function Button({ tone, size, busyLabel, isBusy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClassNames({ tone, size })}
      disabled={rest.disabled === true && !isBusy}
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      // A busy submit button must not send its form a second time either.
      onClick={isBusy ? preventDefault : onClick}
    >
      {isBusy ? (busyLabel ?? children) : children}
    </button>
  );
}

function preventDefault(event: MouseEvent): void {
  event.preventDefault();
}
