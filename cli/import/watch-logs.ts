import { setTimeout as pause } from 'node:timers/promises';
import type { LogFinder } from './find-logs.ts';
import type { LogSource } from './log-source.ts';

const intervalMs = 1_000;
/** Looking takes at most this share of the time, however many files there are. */
const lookingShareMax = 0.1;
/** A database is copied before it is read, so it is looked at less often. */
const databaseMs = 10_000;

export type WatchOptions = {
  readonly finder: LogFinder;
  readonly signal: AbortSignal;
  /** Logs that are new or have changed. */
  readonly onChange: (sources: readonly LogSource[]) => Promise<void>;
};

/** Looks for what has changed, about once a second, until the signal. `seen` is what was imported already. */
export async function watchLogs(seen: readonly LogSource[], options: WatchOptions): Promise<void> {
  const known = new Map(seen.map((source) => [source.path, source]));
  const takenAtMs = new Map<string, number>();
  let restMs = intervalMs;
  while (!options.signal.aborted) {
    await pause(restMs, undefined, { signal: options.signal }).catch(() => undefined);
    if (options.signal.aborted) return;
    const startedMs = performance.now();
    const changed = (await options.finder.find()).filter((source) => {
      const before = known.get(source.path);
      const takenMs = takenAtMs.get(source.path) ?? Number.NEGATIVE_INFINITY;
      if (source.format === 'database' && startedMs - takenMs < databaseMs) return false;
      return before?.bytes !== source.bytes || before.mtimeMs !== source.mtimeMs;
    });
    restMs = Math.max(intervalMs, (performance.now() - startedMs) / lookingShareMax);
    if (changed.length > 0) await options.onChange(changed);
    for (const source of changed) {
      known.set(source.path, source);
      takenAtMs.set(source.path, startedMs);
    }
  }
}
