import type { ReactNode } from 'react';

type LoadingRegionProps = { readonly label: string; readonly children: ReactNode };

/** Wraps skeletons, so that a screen reader hears one sentence instead of nothing. */
export function LoadingRegion({ label, children }: LoadingRegionProps) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
