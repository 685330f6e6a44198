'use client';

import { useSyncExternalStore } from 'react';

/**
 * False in the server's HTML and in the first pass that must equal it, true afterwards. For what only the
 * browser knows, and for parts whose server HTML would carry a `style` attribute, which our CSP refuses.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}
