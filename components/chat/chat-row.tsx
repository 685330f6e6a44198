'use client';

import { memo } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { PageMessage } from '#lib/chat/message-view.ts';
import { ChatFacts } from './chat-facts.tsx';
import { ChatText } from './chat-text.tsx';
import { DaySeparator } from './day-separator.tsx';
import { isOtherDay } from './is-other-day.ts';

export type ChatRowProps = {
  readonly sessionId: string;
  readonly seq: number;
  /** Undefined until its page is there. */
  readonly message: PageMessage | undefined;
  /** Time of the message before; null for the first one, undefined where it is not known. */
  readonly previousTs: string | null | undefined;
  /** The place among those that can be read, from 1, and how many there are. */
  readonly place: number;
  readonly count: number;
  readonly isNamed: boolean;
  readonly isMarked: boolean;
  readonly onContext: (seq: number) => void;
};

/** One message: who, how heavy, what it cost, and its text as it is. */
export const ChatRow = memo(function ChatRow(props: ChatRowProps) {
  const { sessionId, seq, message, previousTs, place, count, isNamed, isMarked, onContext } = props;
  if (message === undefined) {
    return (
      <div aria-hidden="true" className="h-24 px-3 py-3">
        <div className="h-4 w-40 rounded-sm bg-sunk" />
        <div className="mt-2 h-10 max-w-[80ch] rounded-sm bg-sunk" />
      </div>
    );
  }
  return (
    <>
      {isOtherDay(previousTs, message.ts) ? <DaySeparator ts={message.ts} /> : null}
      <article
        aria-label={`Message ${seq}, ${message.role}`}
        aria-posinset={place}
        aria-setsize={count}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a feed is read article by article.
        tabIndex={0}
        className={classNames(
          'flex flex-col gap-1 border-b border-hairline px-3 py-2.5 -outline-offset-2 md:flex-row md:gap-4',
          isNamed && 'bg-accent-quiet',
          isMarked && !isNamed && 'bg-sunk',
        )}
      >
        <ChatFacts sessionId={sessionId} message={message} onContext={onContext} />
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
          <ChatText sessionId={sessionId} message={message} />
        </div>
      </article>
    </>
  );
});
