import { type ReactNode, useId } from 'react';

type SectionProps = {
  readonly title: string;
  /** One line that says what is shown, or how it was counted. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A part of a page, under a hairline. */
export function Section({ title, note, actions, children }: SectionProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-3 border-t border-hairline pt-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id={headingId} className="text-lg font-medium">
            {title}
          </h2>
          {note === undefined ? null : <p className="text-sm text-muted">{note}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
