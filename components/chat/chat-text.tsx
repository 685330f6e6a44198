'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { excerptBoundsOf } from '#lib/chat/excerpt-bounds.ts';
import { excerptText } from '#lib/chat/excerpt-text.ts';
import type { PageMessage } from '#lib/chat/message-view.ts';
import { MarkdownText } from './markdown-text.tsx';
import { PlainText } from './plain-text.tsx';
import { WholeMessage } from './whole-message.tsx';

type ChatTextProps = { readonly sessionId: string; readonly message: PageMessage };

/** The beginning of a message; all of it when asked, fetched only where the row does not hold it. */
export function ChatText({ sessionId, message }: ChatTextProps) {
  const [isWhole, setIsWhole] = useState(false);
  const { seq, cleared, previewTruncated, bytes } = message;
  if (cleared) return <p className="text-sm text-muted">Cleared. Its size and spend stay counted.</p>;
  const { isTool, bounds } = excerptBoundsOf(message.kind);
  const preview = message.preview ?? '';
  const excerpt = excerptText(preview, bounds);
  const isCut = excerpt.isCut || previewTruncated;
  const text = isWhole && !previewTruncated ? preview : excerpt.text;
  return (
    <>
      {isWhole && previewTruncated ? (
        <WholeMessage sessionId={sessionId} seq={seq} />
      ) : isTool ? (
        <PlainText text={isCut && !isWhole ? `${text}…` : text} isCode />
      ) : (
        <MarkdownText text={text} />
      )}
      {isCut ? (
        <Button size="small" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? (
            'Show less'
          ) : (
            <span>
              Show all of it, <ByteSize bytes={bytes} />
            </span>
          )}
          <span className="sr-only"> (message {seq})</span>
        </Button>
      ) : null}
    </>
  );
}
