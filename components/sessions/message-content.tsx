'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { excerptText } from '#lib/chat/excerpt-text.ts';
import type { MessageView } from '#lib/chat/message-view.ts';
import { MessageBody } from './message-body.tsx';
import { MessageText } from './message-text.tsx';

type MessageContentProps = { readonly sessionId: string; readonly message: MessageView };

const excerptBounds = { linesMax: 10, charactersMax: 800 } as const;

/** The beginning of a message; all of it when asked, fetched only where the preview does not hold it. */
export function MessageContent({ sessionId, message }: MessageContentProps) {
  const [isWhole, setIsWhole] = useState(false);
  const { seq, cleared, previewTruncated } = message;
  if (cleared) return <p className="text-sm text-muted">Cleared. Its size and spend stay counted.</p>;
  const preview = message.preview ?? '';
  const excerpt = excerptText(preview, excerptBounds);
  if (!isWhole) {
    return (
      <>
        <MessageText text={excerpt.isCut ? `${excerpt.text}…` : excerpt.text} />
        {excerpt.isCut || previewTruncated ? (
          <Button size="small" onClick={() => setIsWhole(true)}>
            Show all of it
            <span className="sr-only"> (message {seq})</span>
          </Button>
        ) : null}
      </>
    );
  }
  return (
    <>
      {previewTruncated ? <MessageBody sessionId={sessionId} seq={seq} /> : <MessageText text={preview} />}
      <Button size="small" onClick={() => setIsWhole(false)}>
        Show less
        <span className="sr-only"> (message {seq})</span>
      </Button>
    </>
  );
}
