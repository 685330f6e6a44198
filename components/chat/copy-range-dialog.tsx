'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { buttonClassNames } from '#components/ui/button-class-names.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { RowWindow } from '#lib/chat/window/row-window.ts';
import { copyRange } from '#lib/client/copy-range.ts';
import { exportPath } from '#lib/client/export-path.ts';
import { formatCount } from '#lib/format/format-count.ts';

type CopyRangeDialogProps = {
  readonly sessionId: string;
  readonly first: number;
  readonly last: number;
  readonly seen: RowWindow;
  readonly onClose: () => void;
};

/** Takes a range of messages along, also far more than the page holds: into the clipboard, or as a file. */
export function CopyRangeDialog({ sessionId, first, last, seen, onClose }: CopyRangeDialogProps) {
  const [fromText, setFromText] = useState(String(Math.max(first, seen.first)));
  const [toText, setToText] = useState(String(Math.min(last, Math.max(first, seen.end - 1))));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const showToast = useToast();
  const range = toRange(fromText, toText, { first, last });
  const copy = async () => {
    if (range === null) return;
    setIsBusy(true);
    setProblem(null);
    try {
      await copyRange({ sessionId, ...range });
      showToast(`Copied messages ${formatCount(range.from)} to ${formatCount(range.to)}.`);
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'They could not be copied.');
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Copy or export"
      note={`Messages ${formatCount(first)} to ${formatCount(last)} can be taken, whole.`}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField label="From message" value={fromText} onValueChange={setFromText} inputMode="numeric" />
        <TextField label="To message" value={toText} onValueChange={setToText} inputMode="numeric" />
      </div>
      {range === null ? <Notice tone="over">Give two numbers, the smaller one first.</Notice> : null}
      {problem === null ? null : <Notice tone="over">{problem}</Notice>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          onClick={() => {
            setFromText(String(first));
            setToText(String(last));
          }}
        >
          All of it
        </Button>
        {range === null
          ? null
          : (['jsonl', 'markdown'] as const).map((format) => (
              <a
                key={format}
                href={exportPath({ sessionId, format, ...range })}
                download
                className={buttonClassNames()}
              >
                Download {format === 'jsonl' ? 'JSONL' : 'Markdown'}
              </a>
            ))}
        <Button tone="main" disabled={range === null} isBusy={isBusy} onClick={() => void copy()}>
          Copy
        </Button>
      </div>
    </Dialog>
  );
}

function toRange(fromText: string, toText: string, { first, last }: { first: number; last: number }) {
  if (!/^\d{1,15}$/.test(fromText.trim()) || !/^\d{1,15}$/.test(toText.trim())) return null;
  const from = Math.max(first, Number(fromText));
  const to = Math.min(last, Number(toText));
  return from <= to ? { from, to } : null;
}
