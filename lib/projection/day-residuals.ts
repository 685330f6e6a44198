import type { Exposure } from './exposure-level.ts';
import { halfLivesDays } from './exposure-level.ts';

const decay = 0.5 ** (1 / halfLivesDays[1]);

/**
 * By what each day differed from what was usual around it: amount / (smooth level * exposure), scaled to a
 * mean of 1. The smooth level looks both ways with a half-life of 10 days, so that a growing series does not
 * pass for a noisy one.
 */
export function dayResiduals(days: readonly Exposure[]): readonly number[] {
  const before = smooth(days);
  const after = smooth([...days].reverse()).reverse();
  const residuals = days.map((day, index) => {
    // Both sides hold the day itself; once is enough.
    const amounts = (before[index]?.amount ?? 0) + (after[index]?.amount ?? 0) - day.amount;
    const exposures = (before[index]?.exposure ?? 0) + (after[index]?.exposure ?? 0) - day.exposure;
    const usual = exposures === 0 ? 0 : (amounts / exposures) * day.exposure;
    return usual <= 0 ? 1 : day.amount / usual;
  });
  const mean = residuals.reduce((sum, residual) => sum + residual, 0) / residuals.length;
  return mean > 0 ? residuals.map((residual) => residual / mean) : residuals;
}

function smooth(days: readonly Exposure[]): Exposure[] {
  let amount = 0;
  let exposure = 0;
  return days.map((day) => {
    amount = amount * decay + day.amount;
    exposure = exposure * decay + day.exposure;
    return { amount, exposure };
  });
}
