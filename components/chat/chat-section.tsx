'use client';

import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { FirstPage } from '#lib/client/first-page-query.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ChatViewer } from './chat-viewer.tsx';

type ChatSectionProps = {
  readonly session: SessionDetail;
  /** Undefined while it is on its way; null where it could not be read, which the viewer then tries itself. */
  readonly firstPage: FirstPage | null | undefined;
};

/** The session's conversation, of any length. */
export function ChatSection({ session, firstPage }: ChatSectionProps) {
  if (firstPage === undefined) {
    return (
      <Section title="Messages" note={<>&nbsp;</>}>
        <LoadingRegion label="Loading the messages">
          <Skeleton className="h-[min(78dvh,960px)] min-h-80" />
        </LoadingRegion>
      </Section>
    );
  }
  return <ChatViewer key={session.id} session={session} firstPage={firstPage} />;
}
