import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ChangeTopic } from '#lib/live/project-change.ts';
import { openLiveRefresh } from './live-refresh.ts';

let queryClient: QueryClient;
let endWatching: () => void;
let reads: number[];
let readingMs: number;

beforeEach(async () => {
  vi.useFakeTimers();
  queryClient = new QueryClient();
  reads = [];
  readingMs = 10;
  endWatching = watch(['usage']);
  await vi.advanceTimersByTimeAsync(5_000);
  reads = [];
});
afterEach(() => {
  endWatching();
  vi.useRealTimers();
});

function watch(live: readonly ChangeTopic[]) {
  const observer = new QueryObserver(queryClient, {
    queryKey: ['watched', live],
    meta: { live },
    queryFn: async () => {
      reads.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, readingMs));
      return reads.length;
    },
  });
  return observer.subscribe(() => {});
}

const usage = { topics: ['usage'], sessions: [] } as const;

it('reads at once, then at most once a second however much changes, and once after the last change', async () => {
  const refresh = openLiveRefresh(queryClient);
  for (let index = 0; index < 45; index += 1) {
    refresh.tell(usage);
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads).toHaveLength(6);
});

it('never overlaps readings, and leaves a slow server four times as long alone', async () => {
  readingMs = 3_000;
  const refresh = openLiveRefresh(queryClient);
  for (let index = 0; index < 300; index += 1) {
    refresh.tell(usage);
    await vi.advanceTimersByTimeAsync(100);
  }
  const gaps = reads.slice(1).map((atMs, index) => atMs - (reads[index] ?? 0));
  expect(gaps.length).toBeGreaterThan(0);
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(15_000);
});

it('leaves alone what does not depend on the topic', async () => {
  const refresh = openLiveRefresh(queryClient);
  refresh.tell({ topics: ['budgets'], sessions: [] });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(reads).toEqual([]);
});

it('reads no more once it is stopped', async () => {
  const refresh = openLiveRefresh(queryClient);
  refresh.tell(usage);
  refresh.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(reads).toEqual([]);
});
