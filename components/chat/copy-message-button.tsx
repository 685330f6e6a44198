'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageMessage } from '#lib/chat/message-view.ts';
import { messageQuery } from '#lib/client/message-query.ts';
import { contentText } from './content-text.ts';

type CopyMessageButtonProps = { readonly sessionId: string; readonly message: PageMessage };

const words = { idle: 'Copy', copied: 'Copied', failed: 'Could not copy' } as const;

/** Copies a whole message, fetched where the row holds only its beginning. */
export function CopyMessageButton({ sessionId, message }: CopyMessageButtonProps) {
  const queryClient = useQueryClient();
  const [outcome, setOutcome] = useState<keyof typeof words>('idle');
  if (message.cleared) return null;
  const copy = async () => {
    try {
      const text = message.previewTruncated
        ? contentText((await queryClient.fetchQuery(messageQuery({ sessionId, seq: message.seq }))).content)
        : (message.preview ?? '');
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // No clipboard without a secure context, or the message was cleared meanwhile; the button says so.
      setOutcome('failed');
    }
  };
  return (
    <button
      type="button"
      onClick={() => void copy()}
      onBlur={() => setOutcome('idle')}
      className="text-accent underline-offset-2 hover:underline"
    >
      <span aria-live="polite">{words[outcome]}</span>
      <span className="sr-only"> message {message.seq}</span>
    </button>
  );
}
