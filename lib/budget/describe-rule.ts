import type { AlertRule } from './alert-rule.ts';
import { ruleKey, thresholdKey } from './check-alerts.ts';

/** What a rule of a budget says, in words: for the feed, the messages and the form. */
export function describeRule(
  key: string,
  { thresholds, rules }: { readonly thresholds: readonly number[]; readonly rules: readonly AlertRule[] },
): string {
  const percent = thresholds.find((threshold) => thresholdKey(threshold) === key);
  if (percent !== undefined)
    return percent === 100 ? 'The limit is reached' : `${percent} % of the limit is spent`;
  const rule = rules.find((candidate, index) => ruleKey(candidate, index) === key);
  if (rule === undefined)
    return key.startsWith('threshold:') ? `${key.slice(10)} % of the limit is spent` : 'A rule fired';
  if (rule.kind === 'anomaly') return 'Today is far above its usual spend';
  return `${rule.percent} % of the limit within ${hours(rule.hours)}, at that rate for ${hours(rule.sustainedHours)}`;
}

function hours(count: number): string {
  return count === 1 ? 'an hour' : `${count} hours`;
}
