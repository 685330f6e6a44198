import type { ReactNode } from 'react';

type EmptyStateProps = {
  readonly title: string;
  /** What belongs here and what to do next. */
  readonly children: ReactNode;
};

/** An empty page teaches: what belongs here, and the one step that fills it. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="flex max-w-3xl flex-col gap-3 border-t border-hairline py-6">
      <h2 className="text-lg font-medium">{title}</h2>
      <div className="flex flex-col gap-3 text-muted">{children}</div>
    </div>
  );
}
