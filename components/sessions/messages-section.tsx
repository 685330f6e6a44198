'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { pageOfSeq, parseSeqFragment } from '#lib/chat/message-pages.ts';
import { messagesPerPage, messagesQuery } from '#lib/client/messages-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { MessageItem } from './message-item.tsx';
import { MessagePager } from './message-pager.tsx';
import { useFragment } from './use-fragment.ts';

/** The session's messages, 50 at a time: the page of the message in the address, else the newest. */
export function MessagesSection({ session }: { readonly session: SessionDetail }) {
  const { lastSeq } = session;
  const namedSeq = parseSeqFragment(useFragment());
  if (lastSeq < 0) {
    return (
      <Section title="Messages">
        <p className="max-w-3xl text-muted">
          None were sent. Post events of type <code className="font-mono text-sm">message</code> to read the
          conversation here and to see what makes it heavy.
        </p>
      </Section>
    );
  }
  const page = pageOfSeq(namedSeq ?? lastSeq, { lastSeq, pageSize: messagesPerPage });
  const pager = <MessagePager page={page} lastSeq={lastSeq} />;
  return (
    <Section
      title="Messages"
      note={`Numbered from 0 to ${formatCount(lastSeq)}, the oldest first.`}
      actions={pager}
    >
      <MessagePage sessionId={session.id} page={page} namedSeq={namedSeq} />
      <div className="self-end">{pager}</div>
    </Section>
  );
}

type MessagePageProps = {
  readonly sessionId: string;
  readonly page: number;
  readonly namedSeq: number | null;
};

function MessagePage({ sessionId, page, namedSeq }: MessagePageProps) {
  const { data, error, isFetching, refetch } = useQuery(messagesQuery({ sessionId, page }));
  if (data !== undefined) {
    if (data.messages.length === 0) {
      return <p className="text-muted">The messages of this page were cleared or have expired.</p>;
    }
    return (
      <ol className="flex flex-col">
        {data.messages.map((message) => (
          <MessageItem
            key={message.seq}
            sessionId={sessionId}
            message={message}
            isNamed={message.seq === namedSeq}
          />
        ))}
      </ol>
    );
  }
  if (error !== null) {
    return (
      <ErrorState
        title="The messages could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading messages">
      <Skeleton className="h-[640px]" />
    </LoadingRegion>
  );
}
