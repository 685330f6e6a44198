import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  plain: 'border-hairline-strong text-muted',
  near: 'border-near text-near-ink',
  over: 'border-over text-over-ink',
} as const;

type BadgeProps = { readonly children: ReactNode; readonly tone?: keyof typeof tones };

/** A short word beside a name. `near` and `over` are kept for loads past 80 % and 100 %, and for failures. */
export function Badge({ children, tone = 'plain' }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center rounded-sm border px-1.5 text-xs whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
