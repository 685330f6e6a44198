import { z } from 'zod';
import { operationKinds } from '#lib/operations/operation-event.ts';
import type { OperationsReport } from '#lib/operations/operations-report.ts';
import { usageStatuses } from '#lib/usage/usage-event.ts';
import { usd } from './usage-answer.ts';
import { wholeNumber } from './whole-number.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();
const milliseconds = z.number().min(0).nullable().describe('Within 4.8 %; null where nothing was measured.');
const share = z.number().min(0).max(1);

/** `GET /api/operations` */
export const operationsQuery = z.strictObject({
  days: wholeNumber({ min: 1, max: 30 }).default(1).describe('Up to now.'),
});

export const operationsAnswer = z.object({
  range: z.object({ from: instant, to: instant }),
  classes: z.array(
    z.object({
      name: z.enum(['simple', 'medium', 'complex']).describe('Context below 2,000, up to 5,000, above.'),
      targetMs: count,
      calls: count,
      p50: milliseconds,
      p95: milliseconds,
      overTarget: count,
    }),
  ),
  tools: z.array(
    z.object({
      name: z.string(),
      calls: count,
      errors: count,
      limited: count,
      cached: count,
      p50: milliseconds,
      p95: milliseconds,
      maxMs: count,
    }),
  ),
  prunes: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(operationKinds),
      count,
      bytesSaved: z.int(),
      tokensSaved: z.int(),
      savedUsd: usd.nullable().describe('The tokens once, at the price of fresh input of `pricedBy`.'),
    }),
  ),
  pricedBy: z.string().nullable(),
  waits: z.object({ count, p50: milliseconds, p95: milliseconds, maxMs: count }),
  slow: z.array(
    z.object({
      ts: instant,
      agent: z.string(),
      session: z.string().nullable(),
      kind: z.enum(operationKinds),
      name: z.string(),
      durationMs: count,
      status: z.enum(usageStatuses),
    }),
  ),
  agents: z.array(
    z.object({
      agent: z.string(),
      lastSeen: instant,
      uptime: z.object({ day: share, week: share, month: share }),
      strip: z.string().describe('96 quarter hours: 0 to 3 slots with a heartbeat, - before the first.'),
      gauges: z.record(z.string(), z.number()),
    }),
  ),
}) satisfies z.ZodType<OperationsReport>;
