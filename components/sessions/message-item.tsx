'use client';

import { useEffect, useRef } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import type { MessageView } from '#lib/chat/message-view.ts';
import { nameKind } from '#lib/chat/name-kind.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { MessageContent } from './message-content.tsx';

type MessageItemProps = {
  readonly sessionId: string;
  readonly message: MessageView;
  /** It is the one in the address: marked, and brought into view. */
  readonly isNamed: boolean;
};

/** One message: who, how heavy, and its text as it is, with what cannot be seen made visible. */
export function MessageItem({ sessionId, message, isNamed }: MessageItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNamed) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isNamed]);
  return (
    <li
      ref={item}
      id={String(message.seq)}
      className={classNames(
        'flex flex-col gap-1.5 border-b border-hairline py-3 md:flex-row md:gap-4',
        isNamed && '-mx-3 bg-accent-quiet px-3',
      )}
    >
      <MessageFacts message={message} />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
        <MessageContent sessionId={sessionId} message={message} />
      </div>
    </li>
  );
}

function MessageFacts({ message }: { readonly message: MessageView }) {
  const { seq, toolName, bytes, tokens, tokensEstimated, truncated, redactions } = message;
  return (
    <div className="flex shrink-0 flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-muted md:w-44 md:flex-col md:gap-y-0.5">
      <span>
        <a href={`#${seq}`} aria-label={`Message ${seq}`} className="hover:text-accent hover:underline">
          {formatCount(seq)}
        </a>{' '}
        <span className="font-medium text-ink">{nameKind(message)}</span>
      </span>
      {toolName === null ? null : <span className="max-w-full truncate font-mono text-xs">{toolName}</span>}
      <span>
        <ByteSize bytes={bytes} />, {tokensEstimated ? 'about ' : ''}
        <TokenCount tokens={tokens} /> tokens
      </span>
      <RelativeTime at={message.ts} />
      {truncated ? <Badge>cut when stored</Badge> : null}
      {redactions > 0 ? <Badge>{formatCount(redactions)} secrets hidden</Badge> : null}
    </div>
  );
}
