'use client';

import { toastStore } from './toast-store.ts';

/** Returns a function that confirms something in one short sentence. Failures belong beside their form instead. */
export function useToast(): (sentence: string) => void {
  return toastStore.show;
}
