'use client';

import { ChatSection } from '#components/chat/chat-section.tsx';
import { Section } from '#components/ui/section.tsx';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ContextAnswer } from './context-answer.tsx';
import { ContextGrowthSection } from './context-growth-section.tsx';
import { CulpritsTable } from './culprits-table.tsx';
import { SessionFigures } from './session-figures.tsx';

/** The session's answer, evidence and messages, in that order. */
export function SessionContent({ session }: { readonly session: SessionDetail }) {
  return (
    <div className="flex flex-col gap-8">
      <ContextAnswer session={session} />
      <SessionFigures session={session} />
      {session.growth.length === 0 ? null : (
        <ContextGrowthSection growth={session.growth} modelWindow={session.modelWindow} />
      )}
      {session.culprits.length === 0 ? null : (
        <Section
          title="What weighs most"
          note="The largest messages. Each is read again with every later call until it is dropped or compacted."
        >
          <CulpritsTable session={session} />
        </Section>
      )}
      <ChatSection session={session} />
    </div>
  );
}
