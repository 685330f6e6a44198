'use client';

import { formatInstant } from '#lib/format/format-instant.ts';
import { formatRelativeTime } from '#lib/format/format-relative-time.ts';
import { useNow } from './use-now.ts';

/** How long ago; the exact instant with its zone on hover. `at` is RFC 3339. */
export function RelativeTime({ at }: { readonly at: string }) {
  const nowMs = useNow();
  if (nowMs === null) return <time dateTime={at}>{at.slice(0, 10)}</time>;
  const atMs = Date.parse(at);
  return (
    <time dateTime={at} title={formatInstant({ atMs })} className="whitespace-nowrap">
      {formatRelativeTime({ atMs, nowMs })}
    </time>
  );
}
