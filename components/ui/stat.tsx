import type { ReactNode } from 'react';

type StatProps = {
  readonly label: string;
  readonly children: ReactNode;
  readonly note?: ReactNode;
};

/** One figure with its name; stands in a `StatRow`. */
export function Stat({ label, children, note }: StatProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-lg font-medium">{children}</dd>
      {note === undefined ? null : <dd className="text-sm text-muted">{note}</dd>}
    </div>
  );
}

/** Figures beside each other, two abreast at phone width. */
export function StatRow({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-[repeat(auto-fit,minmax(136px,1fr))]">
      {children}
    </dl>
  );
}
