import type { Route } from 'next';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import type { SessionLoad } from '#lib/overview/overview.ts';
import { describeOverflow, isSinking } from './describe-overflow.ts';

const namedMax = 3;

/** What will sink next: sessions whose context is about to outgrow its window. Nothing when none is. */
export function SinkingSessions({ sessions }: { readonly sessions: readonly SessionLoad[] }) {
  const sinking = [
    ...new Map(sessions.filter(isSinking).map((session) => [session.id, session])).values(),
  ].sort((a, b) => (a.callsLeft ?? 0) - (b.callsLeft ?? 0));
  if (sinking.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="text-muted">Will sink next</span>
      <ul aria-label="Sessions about to overflow" className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
        {sinking.slice(0, namedMax).map((session) => (
          <li key={session.id} className="flex min-w-0 items-center gap-2">
            <Badge tone={session.callsLeft === 0 ? 'over' : 'near'}>{describeOverflow(session)}</Badge>
            <Link
              href={`/sessions/${encodeURIComponent(session.id)}` as Route}
              prefetch={false}
              className="truncate hover:text-accent hover:underline"
            >
              {session.id}
            </Link>
          </li>
        ))}
        {sinking.length > namedMax ? (
          <li className="text-muted">and {sinking.length - namedMax} more</li>
        ) : null}
      </ul>
    </div>
  );
}
