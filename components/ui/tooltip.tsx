'use client';

import { type ReactNode, useId } from 'react';

type TooltipProps = {
  /** The exact value behind the short one. */
  readonly exact: string;
  readonly children: ReactNode;
};

/**
 * Shows the exact value on hover and on keyboard focus. For what is read in passing; nothing that must be
 * known stands only here. Plain CSS: a library that places popups would cost each page 40 kB of script.
 */
export function Tooltip({ exact, children }: TooltipProps) {
  const id = useId();
  return (
    <span className="group relative inline-block">
      <button
        type="button"
        aria-describedby={id}
        className="cursor-help decoration-hairline-strong decoration-dotted underline-offset-4 hover:underline"
      >
        {children}
      </button>
      <span
        id={id}
        role="tooltip"
        className="pointer-events-none absolute top-full left-0 z-30 mt-1 hidden w-max max-w-60 rounded-md border border-hairline-strong bg-raised px-2 py-1 text-left text-xs font-normal break-words text-ink shadow-md group-focus-within:block group-hover:block"
      >
        {exact}
      </span>
    </span>
  );
}
