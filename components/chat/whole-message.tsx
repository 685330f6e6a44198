'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { messageQuery } from '#lib/client/message-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { contentText } from './content-text.ts';
import { PlainText } from './plain-text.tsx';

type WholeMessageProps = { readonly sessionId: string; readonly seq: number };

/** Laid out in blocks, so that the browser lays out only what is scrolled to. */
const blockCharacters = 10_000;
const stepCharacters = 200_000;

/** A whole message, fetched when it is asked for, in a box of its own that scrolls. */
export function WholeMessage({ sessionId, seq }: WholeMessageProps) {
  const [shown, setShown] = useState(stepCharacters);
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
  const text = contentText(data.content);
  return (
    <>
      <section
        aria-label={`Text of message ${seq}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
        className="max-h-[60vh] w-full overflow-y-auto"
      >
        {blocksOf(text.slice(0, shown)).map(({ at, block }) => (
          <div key={at} className="[contain-intrinsic-size:auto_1200px] [content-visibility:auto]">
            <PlainText text={block} isCode={data.role === 'tool'} />
          </div>
        ))}
      </section>
      {text.length > shown ? (
        <div className="flex items-baseline gap-3 text-sm text-muted">
          The first {formatCount(shown)} of {formatCount(text.length)} characters are shown.
          <Button size="small" onClick={() => setShown(shown + stepCharacters)}>
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Cut at line ends where there are any, so that blocks do not break a line in two. */
function blocksOf(text: string): readonly { readonly at: number; readonly block: string }[] {
  const blocks = [];
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.lastIndexOf('\n', at + blockCharacters);
    const end =
      at + blockCharacters >= text.length ? text.length : lineEnd > at ? lineEnd + 1 : pairEnd(text, at);
    blocks.push({ at, block: text.slice(at, end) });
    at = end;
  }
  return blocks.length === 0 ? [{ at: 0, block: '' }] : blocks;
}

function pairEnd(text: string, at: number): number {
  const end = at + blockCharacters;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
