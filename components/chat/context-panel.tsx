'use client';

import { ByteSize } from '#components/ui/byte-size.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { nameKind } from '#lib/chat/name-kind.ts';
import { newInContext } from '#lib/chat/new-in-context.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';

type ContextPanelProps = {
  readonly store: ChatStore;
  /** A message of the assistant. */
  readonly seq: number;
  readonly onClose: () => void;
};

/** What entered the context between the call before and this one: what the model had to read anew. */
export function ContextPanel({ store, seq, onClose }: ContextPanelProps) {
  const { added, tokens, isWhole, change } = newInContext(seq, store.row);
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`New in the context of message ${formatCount(seq)}`}
      note={
        <>
          {formatCount(added.length)} messages, about <TokenCount tokens={tokens} /> tokens
          {change === null ? '' : `; the context ${sentenceOf(change)}`}
          {isWhole ? '.' : '. The call before is too far back: only what is loaded is counted.'}
        </>
      }
    >
      {added.length === 0 ? (
        <p className="text-muted">Nothing was added since the call before.</p>
      ) : (
        <ol className="max-h-80 divide-y divide-hairline overflow-y-auto text-sm">
          {added.map((message) => (
            <li key={message.seq} className="flex items-baseline justify-between gap-4 py-1.5">
              <span className="min-w-0 truncate">
                <a href={`#${message.seq}`} onClick={onClose} className="text-accent hover:underline">
                  {formatCount(message.seq)}
                </a>{' '}
                {nameKind(message)}{' '}
                <span className="font-mono text-xs">{revealHiddenCharacters(message.toolName ?? '')}</span>
              </span>
              <span className="shrink-0 text-muted">
                <ByteSize bytes={message.bytes} /> · <TokenCount tokens={message.tokens} /> tokens
              </span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function sentenceOf(change: number): string {
  if (change === 0) return 'stayed as large';
  return `${change > 0 ? 'grew' : 'shrank'} by ${formatCount(Math.abs(change))} tokens`;
}
