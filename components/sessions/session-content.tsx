'use client';

import { ChatSection } from '#components/chat/chat-section.tsx';
import { Section } from '#components/ui/section.tsx';
import type { FirstPage } from '#lib/client/first-page-query.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ContextAnswer } from './context-answer.tsx';
import { ContextGrowthSection } from './context-growth-section.tsx';
import { CulpritsTable, ToolsTable } from './culprits-table.tsx';
import { PostMortemSection } from './post-mortem-section.tsx';
import { SessionFigures } from './session-figures.tsx';
import { UsesSection } from './uses-section.tsx';
import { WhatIfSection } from './what-if-section.tsx';

type SessionContentProps = {
  readonly session: SessionDetail;
  readonly firstPage: FirstPage | null | undefined;
};

/** The session's answer, evidence and messages, in that order. */
export function SessionContent({ session, firstPage }: SessionContentProps) {
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
          note="Each message is read again with every later call until it is dropped or compacted. Reading cost is what these calls paid for it, at the cache or input rate of each."
        >
          {session.tools.length === 0 ? null : <ToolsTable session={session} />}
          <CulpritsTable session={session} />
        </Section>
      )}
      <UsesSection uses={session.uses} />
      <ChatSection session={session} firstPage={firstPage} />
      <PostMortemSection sessionId={session.id} />
      {session.messages === 0 ? null : <WhatIfSection sessionId={session.id} />}
    </div>
  );
}
