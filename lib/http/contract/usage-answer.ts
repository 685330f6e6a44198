import { z } from 'zod';
import type { TokenSums, UsageRow, UsageTotals } from '#lib/usage/usage-row.ts';

export const usd = z
  .string()
  .regex(/^-?\d+(\.\d{1,12})?$/)
  .describe('USD, exact: a decimal string, never a float.');

const count = z.int().min(0);
const percentile = z.number().min(0).nullable().describe('Within 4.8 %; null where no call had a latency.');

export const tokenSums = z
  .object({
    input: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    output: count,
    reasoning: count,
  })
  .describe('Disjoint, but for `reasoning`, which is a part of `output`.') satisfies z.ZodType<TokenSums>;

export const usageTotals = z.object({
  calls: count,
  errors: count,
  tokens: tokenSums,
  costUsd: usd,
  reportedCostUsd: usd.describe('What clients reported, over `reportedCalls` calls.'),
  reportedCalls: count,
  comparedCostUsd: usd.describe('What we computed for those same calls.'),
  unpricedTokens: count.describe('Tokens of models without a known price. Their cost is unknown, not zero.'),
  latencyMs: z.object({ p50: percentile, p95: percentile, p99: percentile }),
}) satisfies z.ZodType<UsageTotals>;

const name = z.string().nullable().exactOptional();

export const usageRow = usageTotals.extend({
  start: z.iso.datetime(),
  agent: name,
  provider: name,
  model: name,
  source: name,
}) satisfies z.ZodType<UsageRow>;

/** `GET /api/usage` */
export const usageAnswer = z.object({ rows: z.array(usageRow) });
