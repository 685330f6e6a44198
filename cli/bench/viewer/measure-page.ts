import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { z } from 'zod';

export type PageMemory = {
  /** JavaScript heap and typed arrays, in bytes. */
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
};

const heapUsage = z.object({ usedSize: z.number(), backingStorageSize: z.number().default(0) });

/** What the page holds after its garbage was collected. */
export async function measureMemory(cdp: CDPSession): Promise<PageMemory> {
  for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage');
  await pause(100);
  await cdp.send('HeapProfiler.collectGarbage');
  const heap = heapUsage.parse(await cdp.send('Runtime.getHeapUsage'));
  const metrics = await readMetrics(cdp);
  return {
    heapBytes: heap.usedSize + heap.backingStorageSize,
    nodes: metrics.get('Nodes') ?? 0,
    listeners: metrics.get('JSEventListeners') ?? 0,
  };
}

/** CPU time of the page's main thread so far, in ms: it does not count the time that others had the core. */
export async function readCpuMs(cdp: CDPSession): Promise<number> {
  const metrics = await readMetrics(cdp);
  return 1_000 * (metrics.get('TaskDuration') ?? 0);
}

async function readMetrics(cdp: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
