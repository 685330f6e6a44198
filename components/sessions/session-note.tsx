import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { NameMark } from '#components/usage/name-mark.tsx';
import type { SessionRow } from '#lib/sessions/session-row.ts';

/** Whose session it is, on which model, and when it ran. */
export function SessionNote({ session }: { readonly session: SessionRow }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span>{session.agent}</span>
      {session.model === null ? null : (
        <span className="flex items-center gap-2">
          <NameMark by="model" name={session.model} />
          {session.model}
        </span>
      )}
      <span>
        active <RelativeTime at={session.lastActivity} />, begun <RelativeTime at={session.firstActivity} />
      </span>
      {session.cleared ? <Badge>cleared</Badge> : null}
    </span>
  );
}
