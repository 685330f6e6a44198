import type { Source, UsageStatus } from '#lib/usage/usage-event.ts';
import { plainLiteral } from '../array-literal.ts';
import { nameOfCode, sourceCodes, statusCodes } from '../codes.ts';
import type { Database } from '../database.ts';

/** What was sent of an event that is in the ledger; not its time and not what we computed. */
export type StoredUsage = {
  readonly key: string;
  readonly sessionId: number | null;
  readonly agentId: number;
  readonly modelId: number;
  readonly requestedModelId: number | null;
  readonly source: Source;
  readonly status: UsageStatus;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly costReportedPicoUsd: bigint | null;
  readonly latencyMs: number | null;
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly error: string | null;
  readonly holdId: string | null;
  readonly attributes: unknown;
};

const statement = `
select id::text, session_id, agent_id, model_id, requested_model_id, source, status, input_tokens,
  cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
  cost_reported_pico_usd, latency_ms, ttft_ms, request_bytes, response_bytes, error, hold_id, attributes
from usage_events where project_id = $1::int and id = any($2::text::uuid[])`;

type Row = { readonly [name: string]: unknown };

/** The stored events of these keys, at most one flush of them. */
export async function findUsageEvents(
  db: Database,
  input: { readonly projectId: number; readonly keys: readonly string[] },
): Promise<readonly StoredUsage[]> {
  const rows = await db.run<Row>(statement, [input.projectId, plainLiteral(input.keys)]);
  return rows.map((row) => ({
    key: String(row['id']),
    sessionId: numberOrNull(row['session_id']),
    agentId: Number(row['agent_id']),
    modelId: Number(row['model_id']),
    requestedModelId: numberOrNull(row['requested_model_id']),
    source: nameOfCode(sourceCodes, Number(row['source'])),
    status: nameOfCode(statusCodes, Number(row['status'])),
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWrite5mTokens: Number(row['cache_write_5m_tokens']),
    cacheWrite1hTokens: Number(row['cache_write_1h_tokens']),
    outputTokens: Number(row['output_tokens']),
    reasoningTokens: Number(row['reasoning_tokens']),
    costReportedPicoUsd:
      row['cost_reported_pico_usd'] === null ? null : BigInt(String(row['cost_reported_pico_usd'])),
    latencyMs: numberOrNull(row['latency_ms']),
    ttftMs: numberOrNull(row['ttft_ms']),
    requestBytes: numberOrNull(row['request_bytes']),
    responseBytes: numberOrNull(row['response_bytes']),
    error: textOrNull(row['error']),
    holdId: textOrNull(row['hold_id']),
    attributes: row['attributes'],
  }));
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
