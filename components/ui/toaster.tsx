'use client';

import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';

/** Where short confirmations appear. They leave after five seconds and are read out politely. */
export function Toaster() {
  return (
    <Toast.Portal>
      <Toast.Viewport className="fixed right-4 bottom-4 z-30 flex w-80 max-w-[calc(100vw-32px)] flex-col gap-2">
        <ToastList />
      </Toast.Viewport>
    </Toast.Portal>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-md border border-hairline-strong bg-raised p-3 text-ink shadow-lg transition-opacity duration-[120ms] data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start justify-between gap-3">
        <Toast.Title className="text-base" />
        <Toast.Close aria-label="Dismiss" className="rounded-sm text-muted hover:text-ink">
          <X size={16} aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
