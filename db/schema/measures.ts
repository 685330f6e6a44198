import { sql } from 'drizzle-orm';
import { check, numeric } from 'drizzle-orm/pg-core';
import { count, sum } from './columns.ts';

/** What is added up, in the deltas and in every rollup alike. Money in pico-USD. */
export const measures = () => ({
  calls: count('calls'),
  errors: count('errors'),
  inputTokens: sum('input_tokens'),
  cacheReadTokens: sum('cache_read_tokens'),
  cacheWrite5mTokens: sum('cache_write_5m_tokens'),
  cacheWrite1hTokens: sum('cache_write_1h_tokens'),
  outputTokens: sum('output_tokens'),
  reasoningTokens: sum('reasoning_tokens'),
  unpricedTokens: sum('unpriced_tokens'),
  costPicoUsd: sum('cost_pico_usd'),
  /** Sum of the costs that clients reported, how many calls had one, and what we computed for just those. */
  reportedCostPicoUsd: sum('reported_cost_pico_usd'),
  reportedCalls: count('reported_calls'),
  comparedCostPicoUsd: sum('compared_cost_pico_usd'),
});

/**
 * Latency histogram in one number: twelve decimal digits for each bucket of lib/usage/latency-histogram.ts,
 * bucket 0 lowest, so that `sum()` adds all buckets at once. Gathering arrays took 54 ms where this takes 6.
 */
export const latencyLanes = () => ({ latencyLanes: numeric('latency_lanes').notNull().default('0') });

/** One NaN would make every sum above it NaN. Negative sums are corrections, which are right in total. */
export const measuresCheck = (name: string) =>
  check(
    name,
    sql`'NaN'::numeric not in (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, unpriced_tokens, cost_pico_usd, reported_cost_pico_usd, compared_cost_pico_usd, latency_lanes)`,
  );
