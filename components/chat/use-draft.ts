'use client';

import { useSyncExternalStore } from 'react';
import type { DraftView } from '#lib/chat/draft-view.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';

/** The message that is being written, for its row alone. */
export function useDraft(store: ChatStore): DraftView | null {
  return useSyncExternalStore(store.subscribeDraft, store.draft, store.draft);
}
