import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { OperationsReport } from '#lib/operations/operations-report.ts';
import { fetchJson } from './fetch-json.ts';

const milliseconds = z.nullable(z.number());
const kind = z.enum(['tool', 'prune', 'compact', 'queue', 'semaphore', 'request', 'other']);

const operationsAnswer = z.object({
  range: z.object({ from: z.string(), to: z.string() }),
  classes: z.array(
    z.object({
      name: z.enum(['simple', 'medium', 'complex']),
      targetMs: z.number(),
      calls: z.number(),
      p50: milliseconds,
      p95: milliseconds,
      overTarget: z.number(),
    }),
  ),
  classesAreNewestOnly: z.boolean(),
  tools: z.array(
    z.object({
      name: z.string(),
      calls: z.number(),
      errors: z.number(),
      limited: z.number(),
      cached: z.number(),
      p50: milliseconds,
      p95: milliseconds,
      maxMs: z.number(),
    }),
  ),
  prunes: z.array(
    z.object({
      name: z.string(),
      kind,
      count: z.number(),
      bytesSaved: z.number(),
      tokensSaved: z.number(),
      savedUsd: z.nullable(z.string()),
    }),
  ),
  pricedBy: z.nullable(z.string()),
  waits: z.object({ count: z.number(), p50: milliseconds, p95: milliseconds, maxMs: z.number() }),
  slow: z.array(
    z.object({
      ts: z.string(),
      agent: z.string(),
      session: z.nullable(z.string()),
      kind,
      name: z.string(),
      durationMs: z.number(),
      status: z.enum(['ok', 'error', 'aborted']),
    }),
  ),
  agents: z.array(
    z.object({
      agent: z.string(),
      lastSeen: z.string(),
      uptime: z.object({ day: z.number(), week: z.number(), month: z.number() }),
      strip: z.string(),
      gauges: z.record(z.string(), z.number()),
    }),
  ),
}) satisfies z.ZodMiniType<OperationsReport>;

export const operationsDays = [1, 7, 30] as const;

/** What agents did besides calling models in the last `days` days. */
export function operationsQuery(days: (typeof operationsDays)[number]) {
  return queryOptions({
    queryKey: ['operations', days],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/operations?days=${days}`, schema: operationsAnswer, signal }),
    // A heartbeat announces nothing: uptimes are read again on their own.
    refetchInterval: 60_000,
    meta: { live: ['usage'] },
  });
}
