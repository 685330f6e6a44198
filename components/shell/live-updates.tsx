'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { subscribeToChanges } from '#lib/client/live-changes.ts';
import { openLiveRefresh } from '#lib/client/live-refresh.ts';

/** The page comes first: the stream's first event has everything that is live read once more. */
const startAfterMs = 1_500;

/** Keeps what the page shows of `meta.live` queries at the state of the server. Draws nothing. */
export function LiveUpdates() {
  const queryClient = useQueryClient();
  useEffect(() => {
    const refresh = openLiveRefresh(queryClient);
    let unsubscribe = () => {};
    const timer = setTimeout(() => {
      unsubscribe = subscribeToChanges({ onChange: refresh.tell });
    }, startAfterMs);
    return () => {
      clearTimeout(timer);
      unsubscribe();
      refresh.stop();
    };
  }, [queryClient]);
  return null;
}
