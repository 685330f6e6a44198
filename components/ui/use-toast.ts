'use client';

import { Toast } from '@base-ui/react/toast';

/** Returns a function that confirms something in one short sentence. Failures belong beside their form instead. */
export function useToast(): (sentence: string) => void {
  const { add } = Toast.useToastManager();
  return (sentence) => {
    add({ title: sentence });
  };
}
