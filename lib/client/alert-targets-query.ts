import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const target = shape.object({
  id: shape.string,
  name: shape.string,
  kind: shape.oneOf(['webhook', 'slack']),
  url: shape.string,
  createdAt: shape.string,
  last: shape.nullable(
    shape.object({
      state: shape.oneOf(['pending', 'delivered', 'failing', 'failed']),
      at: shape.string,
      error: shape.nullable(shape.string),
    }),
  ),
});
export type AlertTarget = shape.ValueOf<typeof target>;

const answer = shape.object({ targets: shape.array(target) });
const againMs = 5_000;

/** Where alerts are sent, and what became of the last message to each. */
export const alertTargetsQuery = queryOptions({
  queryKey: ['alert-targets'],
  queryFn: async ({ signal }) =>
    (await fetchJson({ path: '/api/alerts/targets', schema: answer, signal })).targets,
  refetchInterval: againMs,
});
