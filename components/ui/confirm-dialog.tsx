'use client';

import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

type ConfirmDialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  /** What will happen, and whether it can be undone. */
  readonly note: string;
  /** The verb of the action: "Revoke key". */
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
};

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, note, action, isBusy, error, onConfirm } = props;
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={title} note={note}>
      {error === null ? null : <Notice tone="over">{error.message}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button tone="danger" onClick={onConfirm} isBusy={isBusy}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
