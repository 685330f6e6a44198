import type { Forecast } from './forecast-month.ts';

export type Outcome = { readonly forecast: Forecast; readonly actual: number };

/** Sum of |P50 - what came| over the sum of what came. */
export function wmape(outcomes: readonly Outcome[]): number {
  return total(outcomes, ({ forecast, actual }) => Math.abs(forecast.p50 - actual)) / actuals(outcomes);
}

/** The mean of the pinball losses at .1, .5 and .9, over the mean of what came. */
export function pinball(outcomes: readonly Outcome[]): number {
  const loss = (share: number, expected: number, actual: number) =>
    actual >= expected ? share * (actual - expected) : (1 - share) * (expected - actual);
  const losses = total(
    outcomes,
    ({ forecast: { p10, p50, p90 }, actual }) =>
      (loss(0.1, p10, actual) + loss(0.5, p50, actual) + loss(0.9, p90, actual)) / 3,
  );
  return losses / actuals(outcomes);
}

/** How often what came lies within P10 to P90. */
export function coverage(outcomes: readonly Outcome[]): number {
  const inside = ({ forecast, actual }: Outcome) => actual >= forecast.p10 && actual <= forecast.p90;
  return outcomes.filter(inside).length / outcomes.length;
}

/** Mean error over the mean of what came: above 0 where too much was foretold. */
export function bias(outcomes: readonly Outcome[]): number {
  return total(outcomes, ({ forecast, actual }) => forecast.p50 - actual) / actuals(outcomes);
}

function actuals(outcomes: readonly Outcome[]): number {
  return total(outcomes, ({ actual }) => actual);
}

function total(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
}
