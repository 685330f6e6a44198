import type { Alert } from '#lib/client/alerts-query.ts';

type Fired = Pick<Alert, 'firedAt' | 'rule' | 'budgetId'>;

/** The latest first; of what one check fired, a budget's highest threshold first. */
export function orderAlerts<Item extends Fired>(alerts: readonly Item[]): readonly Item[] {
  return alerts.toSorted(
    (a, b) =>
      Date.parse(b.firedAt) - Date.parse(a.firedAt) ||
      a.budgetId.localeCompare(b.budgetId, 'en') ||
      thresholdOf(b) - thresholdOf(a),
  );
}

function thresholdOf({ rule }: Fired): number {
  return rule.startsWith('threshold:') ? Number(rule.slice('threshold:'.length)) : 0;
}
