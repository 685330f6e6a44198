import type { UsageInput } from '#lib/usage/usage-event.ts';

const openMax = 256;

export type UsageBook = {
  /** Notes a row of a call; of several with one id the one with the most tokens is kept. */
  note(usage: UsageInput): void;
  /** The row noted under this id so far, while it waits. */
  find(id: string): UsageInput | undefined;
  flush(): void;
};

/**
 * A streamed log writes one call as several lines with growing tokens. The largest waits here until the log
 * went on to 256 other calls or pauses, so that almost every call is sent once, with its last figures.
 */
export function usageBook(emit: (usage: UsageInput) => void): UsageBook {
  const open = new Map<string, UsageInput>();
  return {
    note: (usage) => {
      const known = open.get(usage.id);
      if (known !== undefined && usageTokens(known) >= usageTokens(usage)) return;
      open.delete(usage.id);
      open.set(usage.id, usage);
      if (open.size <= openMax) return;
      for (const [id, oldest] of open) {
        open.delete(id);
        emit(oldest);
        break;
      }
    },
    find: (id) => open.get(id),
    flush: () => {
      for (const usage of open.values()) emit(usage);
      open.clear();
    },
  };
}

/** All tokens of a row as it is sent, cached ones once. */
export function usageTokens(usage: UsageInput): number {
  const writes = usage.cacheWriteTokens ?? 0;
  const written = typeof writes === 'number' ? writes : (writes['5m'] ?? 0) + (writes['1h'] ?? 0);
  const cached = usage.inputIncludesCache === false ? (usage.cacheReadTokens ?? 0) + written : 0;
  return usage.inputTokens + cached + usage.outputTokens;
}
