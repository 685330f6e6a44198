/** Bytes that live on the heap now: garbage is collected first, which needs `node --expose-gc`. */
export function liveHeapBytes(): number {
  if (globalThis.gc === undefined)
    throw new Error('Run it with node --expose-gc, as npm run bench:agent does.');
  for (let round = 0; round < 3; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
