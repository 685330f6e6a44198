import type { Browser, Page } from '@playwright/test';
import * as z from 'zod/mini';

export type TracedTask = {
  /** CPU time of the page's main thread: while others have the core it does not go on. */
  readonly cpuMs: number;
  /** The name of the `performance.mark` that was set last before it. */
  readonly mark: string;
};

const traceEvent = z.object({
  name: z.string(),
  cat: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** In microseconds, as are the others. */
  ts: z.number(),
  dur: z._default(z.number(), 0),
  /** Of the thread's own clock. */
  tdur: z._default(z.number(), 0),
  args: z.optional(z.unknown()),
});
type TraceEvent = z.output<typeof traceEvent>;
const trace = z.object({ traceEvents: z.array(traceEvent) });
const layoutNames = new Set(['UpdateLayoutTree', 'Layout']);

/**
 * Runs something with Chromium's tracing on; @returns the tasks of the page's main thread from the first mark on,
 * the longest first. Of what this program asks the page itself (each of its assertions walks through the page)
 * only style and layout count, which the page owes whoever asks first.
 */
export async function traceTasks(
  { browser, page }: { readonly browser: Browser; readonly page: Page },
  use: () => Promise<void>,
): Promise<readonly TracedTask[]> {
  await browser.startTracing(page, {
    categories: [
      'blink.user_timing',
      'toplevel',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
    ],
  });
  let text = '';
  try {
    await use();
  } finally {
    text = (await browser.stopTracing()).toString('utf8');
  }
  return readTasks(trace.parse(JSON.parse(text)).traceEvents);
}

function readTasks(events: readonly TraceEvent[]): readonly TracedTask[] {
  const marks = events.filter(({ cat }) => cat === 'blink.user_timing').toSorted((a, b) => a.ts - b.ts);
  const [first] = marks;
  if (first === undefined) throw new Error('Nothing was marked.');
  const main = events.filter(({ pid, tid }) => pid === first.pid && tid === first.tid);
  const asked = main.filter(({ args }) => JSON.stringify(args ?? '').includes('DevToolsSession'));
  const layouts = main.filter(({ name }) => layoutNames.has(name));
  return main
    .filter(({ name, ts }) => name === 'RunTask' && ts >= first.ts)
    .map((task) => {
      const isAsked = asked.some((event) => isWithin(event, task));
      const parts = isAsked ? layouts.filter((event) => isWithin(event, task)) : [task];
      return {
        cpuMs: parts.reduce((sum, part) => sum + cpuMsOf(part), 0),
        mark: marks.findLast(({ ts }) => ts <= task.ts)?.name ?? first.name,
      };
    })
    .toSorted((a, b) => b.cpuMs - a.cpuMs);
}

function isWithin(event: TraceEvent, task: TraceEvent): boolean {
  return event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur;
}

/** A thread's clock that is read on another core can be ahead; no task takes more CPU than time. */
function cpuMsOf({ dur, tdur }: TraceEvent): number {
  return Math.min(dur, tdur) / 1_000;
}
