import { isFields } from './fields.ts';

const openMax = 200;

export type OpenTool = { readonly name: string; readonly ts: string };

/** Which tool calls wait for their result, so that a result knows its tool and how long it took. */
export type ToolClock = {
  start(callId: string, tool: OpenTool): void;
  /** The call that this result belongs to; null when it was too long ago or never seen. */
  end(callId: string): OpenTool | null;
  state(): readonly unknown[];
};

/** Holds at most 200 calls; the oldest are forgotten first. `saved` is what `state` gave. */
export function toolClock(saved: unknown): ToolClock {
  const open = new Map<string, OpenTool>();
  for (const entry of Array.isArray(saved) ? saved.slice(0, openMax) : []) {
    if (!isFields(entry)) continue;
    const { id, name, ts } = entry;
    if (typeof id === 'string' && typeof name === 'string' && typeof ts === 'string')
      open.set(id, { name, ts });
  }
  return {
    start: (callId, tool) => {
      open.set(callId, tool);
      if (open.size <= openMax) return;
      for (const oldest of open.keys()) {
        open.delete(oldest);
        break;
      }
    },
    end: (callId) => {
      const tool = open.get(callId) ?? null;
      open.delete(callId);
      return tool;
    },
    state: () => [...open].map(([id, tool]) => ({ id, ...tool })),
  };
}

/** Milliseconds between two instants of a log, or null when they make no sense together. */
export function elapsedMs(from: string | null, to: string | null, msMax = 86_400_000): number | null {
  if (from === null || to === null) return null;
  const elapsed = Date.parse(to) - Date.parse(from);
  return elapsed >= 0 && elapsed <= msMax ? elapsed : null;
}
