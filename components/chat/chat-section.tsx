'use client';

import { Section } from '#components/ui/section.tsx';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ChatViewer } from './chat-viewer.tsx';

/** The session's conversation, of any length. */
export function ChatSection({ session }: { readonly session: SessionDetail }) {
  if (session.lastSeq < 0) {
    return (
      <Section title="Messages">
        <p className="max-w-3xl text-muted">
          None were sent. Post events of type <code className="font-mono text-sm">message</code> to read the
          conversation here and to see what makes it heavy.
        </p>
      </Section>
    );
  }
  return <ChatViewer key={session.id} session={session} />;
}
