import type { ChatStats } from './chat-store.ts';

export type MemorySample = ChatStats & {
  readonly nodes: number;
  /** Null where the browser does not tell. */
  readonly heapBytes: number | null;
};

/** What the page holds now. Chromium rounds its heap unless it was started to be exact. */
export function sampleMemory(stats: ChatStats): MemorySample {
  return { ...stats, nodes: document.getElementsByTagName('*').length, heapBytes: heapBytes() };
}

function heapBytes(): number | null {
  if (!('memory' in performance)) return null;
  const { memory } = performance;
  const isKnown = typeof memory === 'object' && memory !== null && 'usedJSHeapSize' in memory;
  return isKnown && typeof memory.usedJSHeapSize === 'number' ? memory.usedJSHeapSize : null;
}
