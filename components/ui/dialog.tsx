'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

type DialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  /** False while leaving by a click outside or Escape would lose something that cannot be shown again. */
  readonly isDismissible?: boolean;
};

/** A question or form above the page. It traps focus, and gives it back to what opened it. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange, title, note, children, isDismissible = true } = props;
  return (
    <BaseDialog.Root
      open={isOpen}
      disablePointerDismissal={!isDismissible}
      onOpenChange={(next, details) => {
        if (!next && !isDismissible && details.reason === 'escape-key') return;
        onOpenChange(next);
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-10 bg-scrim transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-10 flex items-start justify-center overflow-y-auto p-4 md:pt-24">
          <BaseDialog.Popup className="flex w-full max-w-lg flex-col gap-4 rounded-lg border border-hairline-strong bg-raised p-5 text-ink transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0">
            <div>
              <BaseDialog.Title className="text-lg font-medium">{title}</BaseDialog.Title>
              {note === undefined ? null : (
                <BaseDialog.Description className="text-sm text-muted">{note}</BaseDialog.Description>
              )}
            </div>
            {children}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
