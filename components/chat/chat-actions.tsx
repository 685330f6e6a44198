'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { ChatSnapshot } from '#lib/chat/window/chat-snapshot.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { ClearDialog } from './clear-dialog.tsx';
import { CopyRangeDialog } from './copy-range-dialog.tsx';
import { UndoNotice } from './undo-notice.tsx';

type ChatActionsProps = {
  readonly session: SessionDetail;
  readonly store: ChatStore;
  readonly snapshot: ChatSnapshot;
};

/** What is done with the whole conversation: take a part of it along, or clear it. */
export function ChatActions({ session, store, snapshot }: ChatActionsProps) {
  const [open, setOpen] = useState<'copy' | 'clear' | null>(null);
  const [undoUntil, setUndoUntil] = useState<string | null>(null);
  const isEmpty = snapshot.lastSeq < snapshot.firstSeq;
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {undoUntil === null ? null : (
        <UndoNotice
          sessionId={session.id}
          store={store}
          until={undoUntil}
          onDone={() => setUndoUntil(null)}
        />
      )}
      <Button size="small" disabled={isEmpty} onClick={() => setOpen('copy')}>
        Copy or export
      </Button>
      <Button size="small" tone="danger" disabled={isEmpty} onClick={() => setOpen('clear')}>
        Clear history
      </Button>
      {open === 'copy' ? (
        <CopyRangeDialog
          sessionId={session.id}
          first={snapshot.firstSeq}
          last={snapshot.lastSeq}
          seen={store.seen()}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'clear' ? (
        <ClearDialog
          sessionId={session.id}
          store={store}
          seenSeq={Math.max(snapshot.firstSeq, store.seen().first)}
          onClose={() => setOpen(null)}
          onCleared={(receipt) => {
            setOpen(null);
            setUndoUntil(receipt.undoUntil);
          }}
        />
      ) : null}
    </div>
  );
}
