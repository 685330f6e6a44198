import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

const alert = z.object({
  id: z.string(),
  budgetId: z.string(),
  rule: z.string(),
  state: z.enum(['firing', 'recovered']),
  title: z.string(),
  text: z.string(),
  firedAt: z.string(),
  recoveredAt: z.nullable(z.string()),
  windowEndsAt: z.nullable(z.string()),
  isSeen: z.boolean(),
  deliveries: z.object({ pending: z.number(), delivered: z.number(), failed: z.number() }),
});
export type Alert = z.infer<typeof alert>;

const answer = z.object({ unseen: z.number(), nextBefore: z.nullable(z.string()), alerts: z.array(alert) });
const againMs = 10_000;

/** The latest alerts, and how many nobody has seen. */
export const alertsQuery = queryOptions({
  queryKey: ['alerts'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/alerts?limit=100', schema: answer, signal }),
  refetchInterval: againMs,
  meta: { live: ['budgets'] },
});
