import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type PageHeaderProps = {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Name and note in one line, as on a page that wants to be one screen. */
  readonly isDense?: boolean;
};

/** The page's name and its controls. The one `h1`. */
export function PageHeader({ title, note, actions, isDense = false }: PageHeaderProps) {
  return (
    <header
      className={classNames(
        'flex flex-wrap justify-between gap-x-6',
        isDense ? 'items-center gap-y-2' : 'items-end gap-y-3',
      )}
    >
      <div
        className={classNames(
          'min-w-0',
          isDense ? 'flex flex-wrap items-baseline gap-x-3' : 'max-md:flex-1 max-md:basis-40',
        )}
      >
        <h1 className="text-xl font-medium break-words">{title}</h1>
        {note === undefined ? null : <div className="text-sm text-muted">{note}</div>}
      </div>
      {actions}
    </header>
  );
}
