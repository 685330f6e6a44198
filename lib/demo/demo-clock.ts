export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const demoDays = 30;

export type DemoDay = {
  /** Days before the last one: 0 is today. */
  readonly ago: number;
  /** Midnight UTC. */
  readonly startMs: number;
  readonly isWeekend: boolean;
};

/** The days of the demo's month up to and with the one of `nowMs`, the oldest first. UTC throughout. */
export function listDemoDays(nowMs: number): readonly DemoDay[] {
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  return Array.from({ length: demoDays }, (_, index) => {
    const ago = demoDays - 1 - index;
    const startMs = todayMs - ago * dayMs;
    const weekday = new Date(startMs).getUTCDay();
    return { ago, startMs, isWeekend: weekday === 0 || weekday === 6 };
  });
}

/** `2026-11-21`, for the ids of sessions. */
export function dateOf({ startMs }: DemoDay): string {
  return new Date(startMs).toISOString().slice(0, 10);
}
