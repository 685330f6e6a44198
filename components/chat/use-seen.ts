'use client';

import { useSyncExternalStore } from 'react';
import type { RowWindow } from '#lib/chat/window/row-window.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';

/** The rows on the screen, for what moves with every scroll. */
export function useSeen(store: ChatStore): RowWindow {
  return useSyncExternalStore(store.subscribeSeen, store.seen, store.seen);
}
