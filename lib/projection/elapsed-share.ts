import { zoneOffsetMs } from '#lib/time/time-zone.ts';
import type { AmountAt } from './spend-projection.ts';

const hourMs = 3_600_000;
/** A profile is drawn towards the plainer one as if it had been seen on this many days. */
const pseudoDays = 3;

/**
 * The share of a day's spend that is usual by `nowMs`, 0 to 1, from the hours of past days. The profile of the
 * weekday is drawn towards that of all days, and that one towards an even day, each with the weight of 3 days.
 * Hours are those of the local clock, so a day of 23 or 25 hours needs nothing special.
 */
export function elapsedShare({
  hours,
  nowMs,
  timeZone,
}: {
  /** Spend of local hours before today; the hours of today must not be among them. */
  readonly hours: readonly AmountAt[];
  readonly nowMs: number;
  readonly timeZone: string;
}): number {
  const now = toLocalHour(nowMs, timeZone);
  const past = hours.map(({ startMs, amount }) => ({
    ...toLocalHour(startMs, timeZone),
    amount: Number(amount),
  }));
  const even = new Array<number>(24).fill(1 / 24);
  const usual = drawTowards(even, past);
  const profile = drawTowards(
    usual,
    past.filter(({ weekday }) => weekday === now.weekday),
  );
  const before = profile.slice(0, now.hour).reduce((sum, share) => sum + share, 0);
  return Math.min(1, before + (profile[now.hour] ?? 0) * now.hourShare);
}

type LocalHour = {
  readonly day: number;
  /** 0 = Monday to 6 = Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly hourShare: number;
};

function toLocalHour(instantMs: number, timeZone: string): LocalHour {
  const localHours = (instantMs + zoneOffsetMs(timeZone, instantMs)) / hourMs;
  const day = Math.floor(localHours / 24);
  const hour = Math.floor(localHours - day * 24);
  // Day 0 of 1970 was a Thursday.
  return { day, weekday: (((day + 3) % 7) + 7) % 7, hour, hourShare: localHours - Math.floor(localHours) };
}

function drawTowards(
  plainer: readonly number[],
  past: readonly (LocalHour & { readonly amount: number })[],
): readonly number[] {
  const days = new Set(past.map(({ day }) => day)).size;
  const total = past.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0) return plainer;
  const sums = new Array<number>(24).fill(0);
  for (const { hour, amount } of past) sums[hour] = (sums[hour] ?? 0) + amount;
  return plainer.map(
    (share, hour) => (pseudoDays * share + (days * (sums[hour] ?? 0)) / total) / (pseudoDays + days),
  );
}
