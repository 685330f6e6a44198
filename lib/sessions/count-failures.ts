import type { SessionCall } from './session-call.ts';

export type Failing = {
  /** The last so many calls all failed. */
  readonly calls: number;
  /** What the last of them said. */
  readonly error: string | null;
  readonly sinceMs: number;
};

const callsMin = 3;

/** Whether a session is stuck: null unless its last three calls, or more, all failed. */
export function countFailures(calls: readonly SessionCall[]): Failing | null {
  const lastGood = calls.findLastIndex(({ status }) => status !== 'error');
  const failed = calls.slice(lastGood + 1);
  const first = failed[0];
  if (first === undefined || failed.length < callsMin) return null;
  return { calls: failed.length, error: failed.at(-1)?.error ?? null, sinceMs: first.tsMs };
}
