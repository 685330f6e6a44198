'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { type Message, messageQuery } from '#lib/client/message-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { MessageText } from './message-text.tsx';

type MessageBodyProps = { readonly sessionId: string; readonly seq: number };

// More text than this in one element makes the page stutter, and nobody reads it here.
const charactersMax = 200_000;

/** A whole message, fetched when it is asked for, in a box of its own that scrolls. */
export function MessageBody({ sessionId, seq }: MessageBodyProps) {
  const { data, error, isFetching, refetch } = useQuery(messageQuery({ sessionId, seq }));
  if (data === undefined) {
    return error === null ? (
      <LoadingRegion label="Loading the message">
        <Skeleton className="h-24 w-80 max-w-full" />
      </LoadingRegion>
    ) : (
      <ErrorState
        title="The message could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  const text = toText(data.content);
  return (
    <>
      <section
        aria-label={`Text of message ${seq}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
        className="max-h-[70vh] w-full overflow-y-auto"
      >
        <MessageText text={text.slice(0, charactersMax)} />
      </section>
      {text.length > charactersMax ? (
        <p className="text-sm text-muted">
          The first {formatCount(charactersMax)} of {formatCount(text.length)} characters are shown.
        </p>
      ) : null}
    </>
  );
}

function toText(content: Message['content']): string {
  if (content === null) return '';
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}
