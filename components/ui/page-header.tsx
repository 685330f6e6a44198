import type { ReactNode } from 'react';

type PageHeaderProps = {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
};

/** The page's name and its controls. The one `h1`. */
export function PageHeader({ title, note, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-medium break-words">{title}</h1>
        {note === undefined ? null : <div className="text-sm text-muted">{note}</div>}
      </div>
      {actions}
    </header>
  );
}
