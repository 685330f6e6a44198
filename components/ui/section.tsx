import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

type SectionProps = {
  /** Where a link can lead. */
  readonly id?: string;
  readonly title: string;
  /** One line that says what is shown, or how it was counted. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Name and note in one line, as on a page that wants to be one screen. */
  readonly isDense?: boolean;
};

/** A part of a page, under a hairline. */
export function Section({ id, title, note, actions, children, isDense = false }: SectionProps) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={classNames(
        'flex min-w-0 flex-col border-t border-hairline',
        isDense ? 'gap-1.5 pt-2' : 'gap-3 pt-4',
      )}
    >
      <div
        className={classNames(
          'flex flex-wrap justify-between gap-x-4 gap-y-2',
          isDense ? 'items-center' : 'items-start',
        )}
      >
        <div
          className={classNames(
            'min-w-0',
            isDense ? 'flex flex-wrap items-baseline gap-x-2' : 'flex-1 basis-72',
          )}
        >
          <h2 id={headingId} className={classNames('font-medium', isDense ? 'text-base' : 'text-lg')}>
            {title}
          </h2>
          {note === undefined ? null : (
            <p className={classNames('text-muted', isDense ? 'text-xs' : 'text-sm')}>{note}</p>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
