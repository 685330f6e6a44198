'use client';

import { useSyncExternalStore } from 'react';

/** The address's fragment with its sign (`#120`), followed as it changes; empty in the server's HTML. */
export function useFragment(): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => '',
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
