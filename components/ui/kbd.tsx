import type { ReactNode } from 'react';

/** A key to press, or a word to type. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-hairline-strong bg-sunk px-1 font-mono text-xs">{children}</kbd>
  );
}
