import { toCsv } from '#lib/format/to-csv.ts';
import type { SessionRow } from './session-row.ts';

const head = [
  'session',
  'agent',
  'provider',
  'model',
  'messages',
  'bytes',
  'largest_message_bytes',
  'compactions',
  'calls',
  'failed_calls',
  'tokens',
  'unpriced_tokens',
  'cost_usd',
  'context_tokens',
  'context_high_water',
  'model_window',
  'first_activity',
  'last_activity',
] as const;

/** Sessions with all their digits, for a spreadsheet; ids and names cannot become formulas there. */
export function sessionsCsv(sessions: readonly SessionRow[]): string {
  return toCsv([head, ...sessions.map(toFields)]);
}

function toFields(row: SessionRow): readonly (string | number | null)[] {
  return [
    row.id,
    row.agent,
    row.provider,
    row.model,
    row.messages,
    row.bytes,
    row.largestMessageBytes,
    row.compactions,
    row.calls,
    row.errors,
    row.tokens,
    row.unpricedTokens,
    row.costUsd,
    row.contextTokens,
    row.contextHighWater,
    row.modelWindow,
    row.firstActivity,
    row.lastActivity,
  ];
}
