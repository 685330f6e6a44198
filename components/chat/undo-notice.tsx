'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { restoreHistory } from '#lib/client/clear-history.ts';

type UndoNoticeProps = {
  readonly sessionId: string;
  readonly store: ChatStore;
  /** RFC 3339. */
  readonly until: string;
  readonly onDone: () => void;
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Offers to take a clearing back for as long as it can be. */
export function UndoNotice({ sessionId, store, until, onDone }: UndoNoticeProps) {
  const queryClient = useQueryClient();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), Math.max(0, Date.parse(until) - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  const undo = useMutation({
    gcTime: 0,
    mutationFn: () => restoreHistory(sessionId),
    onSuccess: async (line) => {
      const { snapshot } = store;
      store.moveLine({ ...line, lastSeq: snapshot().lastSeq });
      onDone();
      await queryClient.invalidateQueries({ queryKey: ['session', sessionId] });
    },
  });
  if (isOver) return null;
  return (
    <span role="status" className="flex items-center gap-2 text-sm text-muted">
      {undo.error === null
        ? `Cleared. Until ${clock.format(new Date(until))} it can be restored.`
        : undo.error.message}
      <Button size="small" isBusy={undo.isPending} busyLabel="Restoring…" onClick={() => undo.mutate()}>
        Undo
      </Button>
    </span>
  );
}
