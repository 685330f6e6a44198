import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';

type FigureProps = {
  readonly label: string;
  readonly children: ReactNode;
  readonly note: ReactNode;
  /** The one that the page is about. */
  readonly isMain?: boolean;
};

/** One figure of the strip above the evidence. */
export function Figure({ label, children, note, isMain = false }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col xl:not-first:border-l xl:not-first:border-hairline xl:not-first:pl-4">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={classNames('font-medium', isMain ? 'text-[28px] leading-8' : 'text-lg md:leading-8')}>
        {children}
      </dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  );
}
