import { priceStatusCodes, sourceCodes, statusCodes } from '#db/codes.ts';
import type { UsageRow } from '#db/queries/insert-usage-events.ts';

type Column = readonly [name: string, write: (row: UsageRow) => string | number | bigint | null];

const columns: readonly Column[] = [
  ['id', (row) => row.key],
  ['ts', (row) => row.ts],
  ['session_id', (row) => row.sessionId],
  ['agent_id', (row) => row.agentId],
  ['model_id', (row) => row.modelId],
  ['requested_model_id', (row) => row.requestedModelId],
  ['price_version_id', (row) => row.priceVersionId],
  ['price_status', (row) => priceStatusCodes[row.priceStatus]],
  ['source', (row) => sourceCodes[row.source]],
  ['status', (row) => statusCodes[row.status]],
  ['input_tokens', (row) => row.inputTokens],
  ['cache_read_tokens', (row) => row.cacheReadTokens],
  ['cache_write_5m_tokens', (row) => row.cacheWrite5mTokens],
  ['cache_write_1h_tokens', (row) => row.cacheWrite1hTokens],
  ['output_tokens', (row) => row.outputTokens],
  ['reasoning_tokens', (row) => row.reasoningTokens],
  ['cost_pico_usd', (row) => row.costPicoUsd],
  ['cost_reported_pico_usd', (row) => row.costReportedPicoUsd],
  ['latency_ms', (row) => row.latencyMs],
  ['ttft_ms', (row) => row.ttftMs],
  ['request_bytes', (row) => row.requestBytes],
  ['response_bytes', (row) => row.responseBytes],
  ['external_id', (row) => row.externalId],
  ['error', (row) => row.error],
  ['hold_id', (row) => row.holdId],
  ['attributes', (row) => row.attributes],
];

/** Into the ledger's own table, with all its indexes. */
export const copyStatement = `copy usage_events (project_id, flush_id, ${columns.map(([name]) => name).join(', ')}) from stdin`;

/** A row in COPY's text format, with its line end. */
export function copyLine(
  place: { readonly projectId: number; readonly flushId: number },
  row: UsageRow,
): string {
  return `${place.projectId}\t${place.flushId}\t${columns.map(([, write]) => escaped(write(row))).join('\t')}\n`;
}

function escaped(value: string | number | bigint | null): string {
  if (value === null) return '\\N';
  return typeof value === 'string'
    ? value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
    : String(value);
}
