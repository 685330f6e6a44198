import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const alert = shape.object({
  id: shape.string,
  budgetId: shape.string,
  rule: shape.string,
  state: shape.oneOf(['firing', 'recovered']),
  title: shape.string,
  text: shape.string,
  firedAt: shape.string,
  recoveredAt: shape.nullable(shape.string),
  windowEndsAt: shape.nullable(shape.string),
  isSeen: shape.boolean,
  deliveries: shape.object({ pending: shape.number, delivered: shape.number, failed: shape.number }),
});
export type Alert = shape.ValueOf<typeof alert>;

const answer = shape.object({
  unseen: shape.number,
  nextBefore: shape.nullable(shape.string),
  alerts: shape.array(alert),
});
const againMs = 10_000;

/** The latest alerts, and how many nobody has seen. */
export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/alerts?limit=100', schema: answer, signal }),
  refetchInterval: againMs,
  meta: { live: ['budgets'] },
});
