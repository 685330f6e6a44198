'use client';

import { useSyncExternalStore } from 'react';

const tickMs = 30_000;
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/**
 * The present in epoch milliseconds, renewed every 30 seconds by one timer for the whole page; null in the
 * server's HTML, where "3 minutes ago" would differ from the browser's.
 */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, readNow, () => null);
}

function readNow(): number {
  if (nowMs === 0) nowMs = Date.now();
  return nowMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    nowMs = 0;
  };
}

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}
