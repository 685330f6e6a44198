const recentMs = 7 * 86_400_000;

/** Whether a session was at work within the last seven days: of others it is not told when they will be full. */
export function isRecent(lastMs: number, nowMs: number): boolean {
  return nowMs - lastMs <= recentMs;
}
