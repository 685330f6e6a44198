import { expect, it } from 'vitest';
import { orderAlerts } from './order-alerts.ts';

it('puts the latest first, and the highest threshold of a budget first where they fired together', () => {
  const at = (firedAt: string, budgetId: string, rule: string) => ({ firedAt, budgetId, rule });
  const alerts = [
    at('2026-11-26T09:00:00Z', 'a', 'threshold:80'),
    at('2026-11-26T09:00:00Z', 'b', 'burn:fast'),
    at('2026-11-26T09:00:00Z', 'a', 'threshold:50'),
    at('2026-11-26T10:00:00Z', 'b', 'threshold:50'),
    at('2026-11-26T09:00:00Z', 'a', 'threshold:100'),
  ];
  expect(orderAlerts(alerts).map(({ rule }) => rule)).toEqual([
    'threshold:50',
    'threshold:100',
    'threshold:80',
    'threshold:50',
    'burn:fast',
  ]);
});
