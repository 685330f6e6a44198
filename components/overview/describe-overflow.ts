import type { SessionLoad } from '#lib/overview/overview.ts';

/** With fewer calls left than this, somebody should look. */
const callsLeftNear = 10;

/** Whether the next calls of a session will not fit into its model's window. */
export function isSinking({ callsLeft }: SessionLoad): boolean {
  return callsLeft !== null && callsLeft <= callsLeftNear;
}

/** When the context outgrows the window, in calls. */
export function describeOverflow({ callsLeft }: SessionLoad): string {
  if (callsLeft === null) return '';
  if (callsLeft === 0) return 'over its window';
  return callsLeft === 1 ? 'overflows on the next call' : `overflows in ${callsLeft} calls`;
}
