import { type Exposure, exposureLevel } from './exposure-level.ts';
import { type DaySeries, weekdayFactors } from './weekday-factors.ts';

/** Of history: before this many days a forecast was a guess and says nothing of ours. */
const originsAfterDays = 7;

/**
 * What became of earlier forecasts ("rolling origin"): for each past day after which `horizonDays` more are
 * known, the spend of the first 1, 2 … `horizonDays` days after it, each divided by what this method would
 * have expected with what was known then. Empty when history is too short.
 */
export function originRatios(
  series: DaySeries,
  { horizonDays }: { readonly horizonDays: number },
): readonly (readonly number[])[] {
  const { amounts, weekdays } = series;
  const ratios: number[][] = [];
  for (let origin = originsAfterDays; origin + horizonDays <= amounts.length; origin += 1) {
    const known = { amounts: amounts.slice(0, origin), weekdays: weekdays.slice(0, origin) };
    const factors = weekdayFactors(known);
    const level = exposureLevel(toExposures(known, factors));
    if (level === 0) continue;
    let expected = 0;
    let actual = 0;
    const ratio: number[] = [];
    for (let day = origin; day < origin + horizonDays; day += 1) {
      expected += level * (factors[weekdays[day] ?? 0] ?? 1);
      actual += amounts[day] ?? 0;
      ratio.push(actual / expected);
    }
    ratios.push(ratio);
  }
  return ratios;
}

/** Complete days with the factor of their weekday. */
export function toExposures(
  { amounts, weekdays }: DaySeries,
  factors: readonly number[],
): readonly Exposure[] {
  return amounts.map((amount, index) => ({ amount, exposure: factors[weekdays[index] ?? 0] ?? 1 }));
}
