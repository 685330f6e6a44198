'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { buttonClassNames } from '#components/ui/button-class-names.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { ClearReceipt } from '#lib/chat/clear-receipt.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { type ClearRequest, clearHistory } from '#lib/client/clear-history.ts';
import { exportPath } from '#lib/client/export-path.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';

type ClearDialogProps = {
  readonly sessionId: string;
  readonly store: ChatStore;
  /** The first message on the screen. */
  readonly seenSeq: number;
  readonly onClose: () => void;
  readonly onCleared: (receipt: ClearReceipt) => void;
};

type Scope = ClearRequest['scope'];
const scopes = [
  { value: 'all', label: 'All messages' },
  { value: 'beforeSeq', label: 'Messages before a number' },
  { value: 'beforeTime', label: 'Messages older than a date' },
] as const satisfies readonly { value: Scope; label: string }[];

/** Says what goes and what stays, offers an export, and clears. */
export function ClearDialog({ sessionId, store, seenSeq, onClose, onCleared }: ClearDialogProps) {
  const queryClient = useQueryClient();
  const [scope, setScope] = useState<Scope>('all');
  const [seqText, setSeqText] = useState(String(seenSeq));
  const [dateText, setDateText] = useState('');
  const request = toRequest(scope, seqText, dateText);
  const preview = useQuery({
    queryKey: ['chat', sessionId, 'clear', request],
    gcTime: 0,
    enabled: request !== null,
    queryFn: ({ signal }) =>
      clearHistory({ sessionId, request: request ?? { scope: 'all' }, dryRun: true, signal }),
  });
  const clear = useMutation({
    gcTime: 0,
    mutationFn: (asked: ClearRequest) => clearHistory({ sessionId, request: asked, dryRun: false }),
    onSuccess: async (receipt) => {
      const { lastSeq } = store.snapshot();
      store.moveLine({ ...receipt, lastSeq: Math.max(lastSeq, receipt.clearedThroughSeq) });
      queryClient.removeQueries({ queryKey: ['session', sessionId, 'message'] });
      onCleared(receipt);
      await queryClient.invalidateQueries({ queryKey: ['session', sessionId] });
    },
  });
  return (
    <Dialog isOpen onOpenChange={onClose} title="Clear history">
      <SelectField label="Clear" value={scope} options={scopes} onValueChange={setScope} />
      {scope === 'beforeSeq' ? (
        <TextField
          label="Before message"
          value={seqText}
          onValueChange={setSeqText}
          inputMode="numeric"
          note="This message and all later ones stay."
        />
      ) : null}
      {scope === 'beforeTime' ? (
        <TextField
          label="Before the day"
          type="date"
          value={dateText}
          onValueChange={setDateText}
          note="From the first message of this day on, all stay."
        />
      ) : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="font-medium">Goes</dt>
        <dd aria-live="polite">{wentOf(preview.data, request !== null)}</dd>
        <dt className="font-medium">Stays</dt>
        <dd className="text-muted">
          What was spent, tokens, calls, budgets, and the session's totals of them.
        </dd>
      </dl>
      <p className="text-sm text-muted">
        It goes from every open page at once, and can be restored for some minutes. After that its text is
        deleted for good, and what an agent sends again does not bring it back.
      </p>
      <div className="flex flex-wrap gap-2">
        <a
          href={exportPath({ sessionId, format: 'jsonl' })}
          download
          className={buttonClassNames({ size: 'small' })}
        >
          Export JSONL first
        </a>
        <a
          href={exportPath({ sessionId, format: 'markdown' })}
          download
          className={buttonClassNames({ size: 'small' })}
        >
          Export Markdown first
        </a>
      </div>
      {preview.error ? <Notice tone="over">{preview.error.message}</Notice> : null}
      {clear.error ? <Notice tone="over">{clear.error.message}</Notice> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="danger"
          disabled={request === null || preview.data?.messages === 0}
          isBusy={clear.isPending}
          busyLabel="Clearing…"
          onClick={() => {
            if (request !== null) clear.mutate(request);
          }}
        >
          Clear history
        </Button>
      </div>
    </Dialog>
  );
}

function toRequest(scope: Scope, seqText: string, dateText: string): ClearRequest | null {
  if (scope === 'all') return { scope };
  if (scope === 'beforeSeq') {
    return /^\d{1,15}$/.test(seqText.trim()) ? { scope, seq: Number(seqText) } : null;
  }
  const day = new Date(`${dateText}T00:00:00`);
  return Number.isNaN(day.getTime()) ? null : { scope, time: day.toISOString() };
}

function wentOf(receipt: ClearReceipt | undefined, isAsked: boolean): string {
  if (!isAsked) return 'Say up to where.';
  if (receipt === undefined) return 'Counting…';
  if (receipt.messages === 0) return 'Nothing: no message is in this scope.';
  const count = `${formatCount(receipt.messages)} message${receipt.messages === 1 ? '' : 's'}`;
  return `${count}, ${formatBytes(receipt.bytes)}: from this page, search, exports and the API.`;
}
