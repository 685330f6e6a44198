import { activeDaysMin } from './active-days.ts';
import { forecastSteps } from './forecast-steps.ts';
import type { PastError } from './spend-projection.ts';
import type { DaySeries } from './weekday-factors.ts';

const weeksDays = 28;
const samples = 120;
/** Fewer outcomes than this say nothing. */
const forecastsMin = 5;

/**
 * Makes the same forecast on past days, each with only what was known then, and compares it with what came: of
 * the forecasts over `horizonDays` whose last day lies in the past 28. A horizon that history cannot try so
 * often is shortened to half of history, 28 days at most. Null for fewer than 5 forecasts or when nothing came.
 */
export function measurePastError(
  { amounts, weekdays }: DaySeries,
  { horizonDays, random }: { readonly horizonDays: number; readonly random: () => number },
): PastError | null {
  const horizon = Math.max(1, Math.min(horizonDays, weeksDays, Math.floor(amounts.length / 2)));
  let missed = 0;
  let came = 0;
  let inside = 0;
  let forecasts = 0;
  const first = Math.max(1, amounts.length - weeksDays - horizon + 1);
  for (let origin = first; origin + horizon <= amounts.length; origin += 1) {
    const known = { amounts: amounts.slice(0, origin), weekdays: weekdays.slice(0, origin) };
    if (known.amounts.filter((amount) => amount > 0).length < activeDaysMin) continue;
    const steps = weekdays.slice(origin, origin + horizon).map((weekday) => ({ weekday, share: 1 }));
    const band = forecastSteps({ series: known, today: null, steps, random, samples }).at(-1);
    if (band === undefined) continue;
    const actual = amounts.slice(origin, origin + horizon).reduce((sum, amount) => sum + amount, 0);
    missed += Math.abs(band.p50 - actual);
    came += actual;
    inside += actual >= band.p10 && actual <= band.p90 ? 1 : 0;
    forecasts += 1;
  }
  if (forecasts < forecastsMin || came === 0) return null;
  return { missedShare: missed / came, coverage: inside / forecasts, forecasts, horizonDays: horizon };
}
