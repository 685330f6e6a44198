import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type NoticeProps = { readonly children: ReactNode; readonly tone?: 'plain' | 'over' };

/** A sentence that belongs to a form or section. `over` is a failure and is read out at once. */
export function Notice({ children, tone = 'plain' }: NoticeProps) {
  return (
    <div
      role={tone === 'over' ? 'alert' : 'status'}
      className={classNames(
        'border-l-2 py-1 pl-3 text-sm',
        tone === 'over' ? 'border-over text-over-ink' : 'border-hairline-strong text-muted',
      )}
    >
      {children}
    </div>
  );
}
