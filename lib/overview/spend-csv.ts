import { toCsv } from '#lib/format/to-csv.ts';
import type { SpendRow } from './spend-row.ts';

const head = [
  'name',
  'provider',
  'calls',
  'failed_calls',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
  'reasoning_tokens',
  'unpriced_tokens',
  'cost_usd',
  'reported_cost_usd',
  'latency_p50_ms',
  'latency_p95_ms',
] as const;

/** The rows with all their digits, for a spreadsheet. */
export function spendCsv(rows: readonly SpendRow[]): string {
  return toCsv([head, ...rows.map(toFields)]);
}

function toFields(row: SpendRow): readonly (string | number | null)[] {
  const { tokens, latencyMs } = row;
  return [
    row.name,
    row.provider,
    row.calls,
    row.errors,
    tokens.input,
    tokens.cacheRead,
    tokens.cacheWrite5m,
    tokens.cacheWrite1h,
    tokens.output,
    tokens.reasoning,
    row.unpricedTokens,
    row.costUsd,
    row.reportedCalls === 0 ? null : row.reportedCostUsd,
    latencyMs.p50,
    latencyMs.p95,
  ];
}
