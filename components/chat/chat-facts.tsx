'use client';

import { Badge } from '#components/ui/badge.tsx';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Money } from '#components/ui/money.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import type { MessageCall, PageMessage } from '#lib/chat/message-view.ts';
import { nameKind } from '#lib/chat/name-kind.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';
import { CopyMessageButton } from './copy-message-button.tsx';
import { formatClock } from './format-clock.ts';
import { roleInk } from './role-ink.ts';

type ChatFactsProps = {
  readonly sessionId: string;
  readonly message: PageMessage;
  readonly onContext: (seq: number) => void;
};

/** Who wrote a message, when, how heavy it is, and what the call behind it cost. */
export function ChatFacts({ sessionId, message, onContext }: ChatFactsProps) {
  const { seq, role, ts, toolName, bytes, tokens, tokensEstimated, truncated, redactions, call } = message;
  return (
    <div className="flex shrink-0 flex-wrap items-baseline gap-x-2 text-xs text-muted md:w-48 md:flex-col md:items-start">
      <span className="text-sm">
        <a
          href={`#${seq}`}
          aria-label={`Message ${formatCount(seq)}`}
          className="hover:text-accent hover:underline"
        >
          {formatCount(seq)}
        </a>{' '}
        <span className={classNames('font-medium', roleInk(role))}>{nameKind(message)}</span>
      </span>
      {toolName === null ? null : (
        <span className="max-w-full truncate font-mono">{revealHiddenCharacters(toolName)}</span>
      )}
      <span>
        <time dateTime={ts} title={formatInstant({ atMs: Date.parse(ts) })}>
          {formatClock(ts)}
        </time>{' '}
        · <ByteSize bytes={bytes} /> · {tokensEstimated ? '≈ ' : ''}
        <TokenCount tokens={tokens} /> tokens
      </span>
      {call === null ? null : <CallFacts call={call} />}
      {truncated ? <Badge>cut when stored</Badge> : null}
      {redactions > 0 ? <Badge>{formatCount(redactions)} secrets hidden</Badge> : null}
      <span className="flex gap-x-3">
        <CopyMessageButton sessionId={sessionId} message={message} />
        {call === null ? null : (
          <button
            type="button"
            onClick={() => onContext(seq)}
            className="text-accent underline-offset-2 hover:underline"
          >
            What was new
            <span className="sr-only"> in the context of message {seq}</span>
          </button>
        )}
      </span>
    </div>
  );
}

function CallFacts({ call }: { readonly call: MessageCall }) {
  return (
    <>
      <span title={`${call.model}, ${formatCount(call.calls)} call${call.calls === 1 ? '' : 's'}`}>
        <TokenCount tokens={call.contextTokens} /> in · <TokenCount tokens={call.outputTokens} /> out ·{' '}
        {call.costUsd === null ? 'no price' : <Money usd={call.costUsd} />}
      </span>
      {call.isError ? <Badge tone="over">call failed</Badge> : null}
    </>
  );
}
