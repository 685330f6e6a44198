'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useFragment } from '#components/sessions/use-fragment.ts';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/section.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { parseSeqFragment } from '#lib/chat/parse-seq-fragment.ts';
import type { ChatSnapshot } from '#lib/chat/window/chat-snapshot.ts';
import type { FirstPage } from '#lib/client/first-page-query.ts';
import { outlineQuery } from '#lib/client/outline-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ChatActions } from './chat-actions.tsx';
import { ChatFind } from './chat-find.tsx';
import { ChatList } from './chat-list.tsx';
import { ChatRail } from './chat-rail.tsx';
import { ChatRow } from './chat-row.tsx';
import { ChatToolbar } from './chat-toolbar.tsx';
import { ContextPanel } from './context-panel.tsx';
import { DraftRow } from './draft-row.tsx';
import { MemoryPanel } from './memory-panel.tsx';
import { useChatStore } from './use-chat-store.ts';

type ChatViewerProps = { readonly session: SessionDetail; readonly firstPage: FirstPage | null };

/** The conversation: a list that holds what is read, a rail over all of it, and what one does with it. */
export function ChatViewer({ session, firstPage }: ChatViewerProps) {
  const listId = useId();
  const namedSeq = parseSeqFragment(useFragment());
  const { store, snapshot } = useChatStore({
    sessionId: session.id,
    line: session,
    startSeq: namedSeq,
    firstPage,
  });
  const [hits, setHits] = useState<readonly number[]>([]);
  const [contextSeq, setContextSeq] = useState<number | null>(null);
  const { data: outline } = useQuery(outlineQuery({ sessionId: session.id, epoch: snapshot.epoch }));
  const lastNamed = useRef(namedSeq);
  const box = useRef<HTMLDivElement>(null);
  const showToast = useToast();

  // The page is entered at the message that the address names; later names are jumps.
  useEffect(() => {
    if (namedSeq !== null) {
      box.current?.scrollIntoView({ block: 'nearest' });
      const missing = whyMissing(namedSeq, store.snapshot());
      if (missing !== null) showToast(missing);
    }
    if (namedSeq === lastNamed.current) return;
    lastNamed.current = namedSeq;
    if (namedSeq !== null) void store.jumpTo(namedSeq);
  }, [store, namedSeq, showToast]);
  // A session that was read again (another tab cleared it, or the stream was down) tells of a new line.
  useEffect(() => {
    store.moveLine(session);
  }, [store, session]);

  const { firstSeq, lastSeq, version } = snapshot;
  const onContext = useCallback((seq: number) => setContextSeq(seq), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are read from the store, which has a new version.
  const renderRow = useCallback(
    (seq: number) =>
      seq > lastSeq ? (
        <DraftRow
          store={store}
          place={seq - firstSeq + 1}
          previousTs={seq === firstSeq ? null : store.previousTime(seq)}
        />
      ) : (
        <ChatRow
          sessionId={session.id}
          seq={seq}
          message={store.row(seq)}
          previousTs={seq === firstSeq ? null : store.previousTime(seq)}
          place={seq - firstSeq + 1}
          count={lastSeq - firstSeq + 1}
          isNamed={seq === namedSeq}
          isMarked={hits.includes(seq)}
          onContext={onContext}
        />
      ),
    [store, session.id, version, firstSeq, lastSeq, namedSeq, hits, onContext],
  );
  const isEmpty = lastSeq < firstSeq;
  return (
    <Section
      title="Messages"
      note={lastSeq < 0 ? undefined : noteOf(firstSeq, lastSeq)}
      actions={lastSeq < 0 ? undefined : <ChatActions session={session} store={store} snapshot={snapshot} />}
    >
      <p role="status" className="sr-only">
        {snapshot.hasDraft ? 'A message is being written.' : ''}
      </p>
      {isEmpty ? (
        <>
          <NothingToRead wasCleared={lastSeq >= 0} />
          {snapshot.hasDraft ? (
            <div className="border border-b-0 border-hairline bg-raised">
              <DraftRow store={store} place={1} previousTs={null} />
            </div>
          ) : null}
        </>
      ) : (
        <>
          <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
            <ChatToolbar sessionId={session.id} store={store} outline={outline} />
            <ChatFind sessionId={session.id} store={store} epoch={snapshot.epoch} onHits={setHits} />
          </div>
          <div
            ref={box}
            className="relative flex h-[min(78dvh,960px)] min-h-80 border border-hairline bg-raised"
          >
            <ChatList
              key={snapshot.epoch}
              id={listId}
              label={`Messages of ${session.id}`}
              store={store}
              snapshot={snapshot}
              renderRow={renderRow}
            />
            <ChatRail store={store} snapshot={snapshot} outline={outline} hits={hits} listId={listId} />
            <div className="pointer-events-none absolute inset-x-0 bottom-2 flex justify-center gap-2">
              {snapshot.unseen > 0 ? (
                <span className="pointer-events-auto" aria-live="polite">
                  <Button size="small" onClick={() => void store.toEnd()}>
                    {formatCount(snapshot.unseen)} new
                  </Button>
                </span>
              ) : null}
              {snapshot.error === null ? null : (
                <span className="pointer-events-auto flex items-center gap-2 rounded-md border border-over bg-raised px-2 py-1 text-sm text-over-ink">
                  {snapshot.error.message}
                  <Button size="small" onClick={() => store.retry()}>
                    Try again
                  </Button>
                </span>
              )}
            </div>
          </div>
        </>
      )}
      {contextSeq === null ? null : (
        <ContextPanel store={store} seq={contextSeq} onClose={() => setContextSeq(null)} />
      )}
      {lastSeq < 0 ? null : <MemoryPanel store={store} />}
    </Section>
  );
}

function NothingToRead({ wasCleared }: { readonly wasCleared: boolean }) {
  return (
    <p className="max-w-3xl text-muted">
      {wasCleared ? (
        'The history was cleared. What was spent stays counted, and new messages appear here as they come.'
      ) : (
        <>
          None were sent. Post events of type <code className="font-mono text-sm">message</code> to read the
          conversation here and to see what makes it heavy.
        </>
      )}
    </p>
  );
}

/** Where the address names a message that cannot be shown, another one is. */
function whyMissing(seq: number, { firstSeq, lastSeq }: ChatSnapshot): string | null {
  if (seq < firstSeq) return `Message ${formatCount(seq)} was cleared.`;
  return seq > lastSeq ? `There is no message ${formatCount(seq)} yet.` : null;
}

function noteOf(firstSeq: number, lastSeq: number): string {
  if (lastSeq < firstSeq) return 'Nothing to read.';
  const count = formatCount(lastSeq - firstSeq + 1);
  return `${count} of them, numbered from ${formatCount(firstSeq)} to ${formatCount(lastSeq)}, the oldest first.`;
}
