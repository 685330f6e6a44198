import type { AlertRule, AnomalyRule, BurnRule } from './alert-rule.ts';
import type { LimitUse } from './budget-burn.ts';
import { upperBand } from './daily-band.ts';

/** Everything that the rules of one budget look at, at one instant. */
export type AlertSituation = {
  /** The budget's limits with what is spent in its window; in the same order in `spentWithin`. */
  readonly limits: readonly LimitUse[];
  /** Spent within the last so many hours, one sum a limit. */
  readonly spentWithin: (hours: number) => readonly bigint[];
  /** pico-USD of the past days (not today), and of today so far; days of the budget's zone. */
  readonly pastDays: readonly bigint[];
  readonly today: bigint;
};

/** One rule as it stands. `key` names it for ever: an alert fires once for each key and window. */
export type AlertCheck = {
  readonly key: string;
  readonly isFiring: boolean;
  /** Thresholds count in the budget's window; the other rules in a day. */
  readonly per: 'window' | 'day';
};

export const thresholdKey = (percent: number) => `threshold:${percent}`;
export const ruleKey = (rule: AlertRule, index: number) => `${rule.kind}:${index}`;

/** What fires and what does not, of all thresholds and rules of a budget. */
export function checkAlerts(
  { thresholds, rules }: { readonly thresholds: readonly number[]; readonly rules: readonly AlertRule[] },
  situation: AlertSituation,
): readonly AlertCheck[] {
  return [
    ...thresholds.map((percent) => ({
      key: thresholdKey(percent),
      isFiring: situation.limits.some(({ limit, spent }) => spent * 100n >= limit * BigInt(percent)),
      per: 'window' as const,
    })),
    ...rules.map((rule, index) => ({
      key: ruleKey(rule, index),
      isFiring: rule.kind === 'burn' ? isBurning(rule, situation) : isUnusual(rule, situation),
      per: 'day' as const,
    })),
  ];
}

/** Fast over the short hours, and the same rate over the long ones, so that a single spike is no alarm. */
function isBurning(rule: BurnRule, { limits, spentWithin }: AlertSituation): boolean {
  const short = spentWithin(rule.hours);
  const long = spentWithin(rule.sustainedHours);
  return limits.some(({ limit }, index) => {
    const fast = (short[index] ?? 0n) * 100_000n >= limit * thousandths(rule.percent);
    const sustained =
      (long[index] ?? 0n) * 100_000n * BigInt(rule.hours) >=
      limit * thousandths(rule.percent) * BigInt(rule.sustainedHours);
    return fast && sustained;
  });
}

function isUnusual(rule: AnomalyRule, { pastDays, today }: AlertSituation): boolean {
  const band = upperBand(pastDays, rule.deviations);
  return band !== null && today > band;
}

function thousandths(percent: number): bigint {
  return BigInt(Math.round(percent * 1_000));
}
