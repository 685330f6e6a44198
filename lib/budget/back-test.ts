import { startOfLocal } from '#lib/time/time-zone.ts';
import type { Budget } from './budget.ts';
import { currentWindow } from './budget-window.ts';
import { checkAlerts } from './check-alerts.ts';
import { bandDays } from './daily-band.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Spend of one hour or, at the edge of a window, of a part of one. */
export type SpentHour = {
  readonly startMs: number;
  readonly endMs: number;
  readonly picoUsd: bigint;
  readonly tokens: bigint;
};

export type BackTestFire = { readonly key: string; readonly atMs: number };

/**
 * When the thresholds and rules of a budget would have fired within `[fromMs, toMs)`, hour by hour: each once
 * a window or day, as in earnest. `hours` ascend and reach back before `fromMs` as far as windows, burn rules
 * and bands look; no hour spans two windows.
 */
export function backTest(
  budget: Budget,
  {
    hours,
    fromMs,
    toMs,
  }: { readonly hours: readonly SpentHour[]; readonly fromMs: number; readonly toMs: number },
): readonly BackTestFire[] {
  const fired = new Set<string>();
  const fires: BackTestFire[] = [];
  const days = new Map<number, bigint>();
  const dayOf = (atMs: number) =>
    startOfLocal({ unit: 'day', zone: budget.calendar.timeZone, instantMs: atMs });
  let windowStart = Number.NaN;
  let spent = { picoUsd: 0n, tokens: 0n };
  for (const [index, hour] of hours.entries()) {
    const window = currentWindow(budget.calendar, hour.startMs);
    if (window === null) continue;
    if (window.startMs !== windowStart) {
      windowStart = window.startMs;
      spent = { picoUsd: 0n, tokens: 0n };
    }
    spent = { picoUsd: spent.picoUsd + hour.picoUsd, tokens: spent.tokens + hour.tokens };
    const day = dayOf(hour.startMs);
    days.set(day, (days.get(day) ?? 0n) + hour.picoUsd);
    if (hour.startMs < fromMs || hour.startMs >= toMs) continue;
    const limits = [
      ...(budget.limitPicoUsd === null
        ? []
        : [{ limit: budget.limitPicoUsd, spent: spent.picoUsd, held: 0n }]),
      ...(budget.limitTokens === null
        ? []
        : [{ limit: BigInt(budget.limitTokens), spent: spent.tokens, held: 0n }]),
    ];
    const checks = checkAlerts(budget, {
      limits,
      spentWithin: (count) => spentWithin({ budget, hours, index, hoursBack: count }),
      pastDays: [...days]
        .filter(([start]) => start < day && start >= day - (bandDays + 1) * dayMs)
        .map(([, sum]) => sum),
      today: days.get(day) ?? 0n,
    });
    for (const check of checks) {
      const once = `${check.key}@${check.per === 'window' ? windowStart : day}`;
      if (!check.isFiring || fired.has(once)) continue;
      fired.add(once);
      fires.push({ key: check.key, atMs: hour.endMs });
    }
  }
  return fires;
}

function spentWithin({
  budget,
  hours,
  index,
  hoursBack,
}: {
  readonly budget: Budget;
  readonly hours: readonly SpentHour[];
  readonly index: number;
  readonly hoursBack: number;
}): readonly bigint[] {
  const sinceMs = (hours[index]?.endMs ?? 0) - hoursBack * hourMs;
  let picoUsd = 0n;
  let tokens = 0n;
  for (let back = index; back >= 0; back--) {
    const hour = hours[back];
    if (hour === undefined || hour.startMs < sinceMs) break;
    picoUsd += hour.picoUsd;
    tokens += hour.tokens;
  }
  return [
    ...(budget.limitPicoUsd === null ? [] : [picoUsd]),
    ...(budget.limitTokens === null ? [] : [tokens]),
  ];
}
