import { queryOptions } from '@tanstack/react-query';
import type { OperationsReport } from '#lib/operations/operations-report.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const milliseconds = shape.nullable(shape.number);
const kind = shape.oneOf(['tool', 'prune', 'compact', 'queue', 'semaphore', 'request', 'other']);

const operationsAnswer = shape.object({
  range: shape.object({ from: shape.string, to: shape.string }),
  classes: shape.array(
    shape.object({
      name: shape.oneOf(['simple', 'medium', 'complex']),
      targetMs: shape.number,
      calls: shape.number,
      p50: milliseconds,
      p95: milliseconds,
      overTarget: shape.number,
    }),
  ),
  tools: shape.array(
    shape.object({
      name: shape.string,
      calls: shape.number,
      errors: shape.number,
      limited: shape.number,
      cached: shape.number,
      p50: milliseconds,
      p95: milliseconds,
      maxMs: shape.number,
    }),
  ),
  prunes: shape.array(
    shape.object({
      name: shape.string,
      kind,
      count: shape.number,
      bytesSaved: shape.number,
      tokensSaved: shape.number,
      savedUsd: shape.nullable(shape.string),
    }),
  ),
  pricedBy: shape.nullable(shape.string),
  waits: shape.object({ count: shape.number, p50: milliseconds, p95: milliseconds, maxMs: shape.number }),
  slow: shape.array(
    shape.object({
      ts: shape.string,
      agent: shape.string,
      session: shape.nullable(shape.string),
      kind,
      name: shape.string,
      durationMs: shape.number,
      status: shape.oneOf(['ok', 'error', 'aborted']),
    }),
  ),
  agents: shape.array(
    shape.object({
      agent: shape.string,
      lastSeen: shape.string,
      uptime: shape.object({ day: shape.number, week: shape.number, month: shape.number }),
      strip: shape.string,
      gauges: shape.record(shape.number),
    }),
  ),
}) satisfies shape.Shape<OperationsReport>;

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
