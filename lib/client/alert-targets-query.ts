import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

const target = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['webhook', 'slack']),
  url: z.string(),
  createdAt: z.string(),
  last: z.nullable(
    z.object({
      state: z.enum(['pending', 'delivered', 'failing', 'failed']),
      at: z.string(),
      error: z.nullable(z.string()),
    }),
  ),
});
export type AlertTarget = z.infer<typeof target>;

const answer = z.object({ targets: z.array(target) });
const againMs = 5_000;

/** Where alerts are sent, and what became of the last message to each. */
export const alertTargetsQuery = queryOptions({
  queryKey: ['alert-targets'],
  queryFn: async ({ signal }) =>
    (await fetchJson({ path: '/api/alerts/targets', schema: answer, signal })).targets,
  refetchInterval: againMs,
});
