import type { QueryClient } from '@tanstack/react-query';
import { mergeChanges, type ProjectChange } from '#lib/live/project-change.ts';
import { logOutKey } from './log-out.ts';

const restMs = 1_000;
/** Where reading takes long, the server is left alone for this many times as long. */
const restPerReading = 4;

export type LiveRefresh = {
  tell(change: ProjectChange): void;
  stop(): void;
};

/**
 * Reads queries with `meta.live` again when one of their topics changed: at most once a second, and never
 * while the reading before is under way, which may have begun before the change.
 */
export function openLiveRefresh(queryClient: QueryClient): LiveRefresh {
  let waiting: ProjectChange | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let restUntilMs = Number.NEGATIVE_INFINITY;

  function readSoon(): void {
    if (isReading || waiting === undefined) return;
    timer ??= setTimeout(() => void read(), Math.max(0, restUntilMs - performance.now()));
  }

  async function read(): Promise<void> {
    timer = undefined;
    if (queryClient.isMutating({ mutationKey: logOutKey }) > 0) return;
    const topics = waiting?.topics ?? [];
    waiting = undefined;
    isReading = true;
    const startMs = performance.now();
    await queryClient.invalidateQueries({
      predicate: ({ meta }) => meta?.live?.some((topic) => topics.includes(topic)) ?? false,
    });
    const tookMs = performance.now() - startMs;
    restUntilMs = startMs + Math.max(restMs, tookMs * (1 + restPerReading));
    isReading = false;
    readSoon();
  }

  return {
    tell: (change) => {
      waiting = mergeChanges(waiting, change);
      readSoon();
    },
    stop: () => {
      waiting = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
