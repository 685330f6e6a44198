import { projectSpend } from '#lib/projection/project-spend.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';

export const methods = ['ours', 'run-rate', 'past 7 days', 'seasonal-naive'] as const;
export type Method = (typeof methods)[number];

export type Forecast = { readonly p10: number; readonly p50: number; readonly p90: number };

const dayMs = 86_400_000;
const picoUsdPerMicroUsd = 1e6;

export type ForecastInput = {
  /** USD of the days before now, oldest first; all are complete. */
  readonly known: readonly number[];
  /** How many of them belong to the window. */
  readonly elapsedDays: number;
  readonly windowDays: number;
  /** UTC midnight. */
  readonly nowMs: number;
};

/** Our projection of what is spent at the window's end, in USD, through the same function that the app calls. */
export function forecastOurs({ known, elapsedDays, windowDays, nowMs }: ForecastInput): Forecast | null {
  const days = known.map((usd, index) => ({
    startMs: nowMs - (known.length - index) * dayMs,
    amount: BigInt(Math.round(usd * 1e6)) * BigInt(picoUsdPerMicroUsd),
  }));
  const fromMs = nowMs - elapsedDays * dayMs;
  const projection = projectSpend({
    window: { fromMs, toMs: fromMs + windowDays * dayMs },
    nowMs,
    timeZone: 'UTC',
    spent: days.filter((day) => day.startMs >= fromMs).reduce((sum, day) => sum + day.amount, 0n),
    days,
    hours: [],
    random: seededRandom(1),
  });
  if (projection.state === 'absent') return null;
  const toUsd = (pico: bigint) => Number(pico) / 1e12;
  return { p10: toUsd(projection.p10), p50: toUsd(projection.p50), p90: toUsd(projection.p90) };
}

/** What simple methods expect for the days to come, in USD. */
export function forecastRest(method: Exclude<Method, 'ours'>, input: ForecastInput): number {
  const { known, elapsedDays, windowDays } = input;
  const restDays = windowDays - elapsedDays;
  switch (method) {
    case 'run-rate':
      return (sum(known.slice(-elapsedDays)) / elapsedDays) * restDays;
    case 'past 7 days':
      return (sum(known.slice(-7)) / Math.min(7, known.length)) * restDays;
    case 'seasonal-naive':
      return sum(Array.from({ length: restDays }, (_, day) => known[known.length - 7 + (day % 7)] ?? 0));
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
