import Link from 'next/link';
import { Section } from '#components/ui/section.tsx';
import type { Overview } from '#lib/overview/overview.ts';
import { SessionLoadTable } from './session-load-table.tsx';

/** Which sessions are heavy, and which are getting there. */
export function SessionLoads({ overview }: { readonly overview: Overview }) {
  const { heaviestSessions, fastestSessions } = overview;
  if (heaviestSessions.length === 0) {
    return (
      <Section title="Session sizes">
        <p className="text-muted">
          No event named a session yet. Send <code className="font-mono text-sm">session</code> with each
          call.
        </p>
      </Section>
    );
  }
  return (
    <div className="grid gap-8 xl:grid-cols-2">
      <Section
        title="Heaviest sessions"
        note={
          <>
            By the size of what they hold: it is read again on every call.{' '}
            <Link href="/sessions" className="text-accent underline underline-offset-2">
              See them all
            </Link>
          </>
        }
      >
        <SessionLoadTable label="Heaviest sessions" sessions={heaviestSessions} />
      </Section>
      <Section
        title="Fastest growing"
        note="By what each of the last calls added to the context. The dashed mark is ten calls ahead."
      >
        {fastestSessions.length === 0 ? (
          <p className="text-muted">None of the last active sessions is growing.</p>
        ) : (
          <SessionLoadTable label="Fastest growing sessions" sessions={fastestSessions} />
        )}
      </Section>
    </div>
  );
}
