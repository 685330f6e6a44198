'use client';

import { useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';
import { type ToastEntry, toastStore } from './toast-store.ts';

const none: readonly ToastEntry[] = [];

/** Where short confirmations appear. They leave after five seconds and are read out politely. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, () => none);
  return (
    <section aria-label="Notifications" className="fixed right-4 bottom-4 z-30 w-80 max-w-[calc(100vw-32px)]">
      <div aria-live="polite" className="flex flex-col gap-2">
        {toasts.map(({ id, sentence }) => (
          <div
            key={id}
            className="flex items-start justify-between gap-3 rounded-md border border-hairline-strong bg-raised p-3 text-ink shadow-lg"
          >
            <p className="min-w-0 text-base break-words">{sentence}</p>
            <button
              type="button"
              aria-label="Dismiss"
              className="-m-1 flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:text-ink"
              onClick={() => toastStore.dismiss(id)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </section>
  );
}
