import type { Hold } from '#lib/budget/hold.ts';
import { holdStateCodes, nameOfCode, sourceCodes } from '../codes.ts';
import type { Row } from '../database.ts';

/** Select list for `toHold`, of the table under that name. */
export const holdColumns = (h: string) =>
  `${h}.id, ${h}.state, ${h}.agent, ${h}.session, ${h}.provider, ${h}.model, ${h}.source, ${h}.amount_pico_usd::text, ${h}.created_at::text,
  ${h}.expires_at::text, ${h}.resolved_at::text, coalesce(${h}.usage_pico_usd, ${h}.settled_pico_usd)::text as cost_pico_usd,
  ${h}.usage_event_id::text, ${h}.asked`;

export function toHold(row: Row): Hold {
  return {
    id: String(row['id']),
    state: nameOfCode(holdStateCodes, Number(row['state'])),
    agent: String(row['agent']),
    session: textOrNull(row['session']),
    provider: textOrNull(row['provider']),
    model: textOrNull(row['model']),
    source: nameOfCode(sourceCodes, Number(row['source'])),
    amountPicoUsd: BigInt(String(row['amount_pico_usd'])),
    createdAt: new Date(String(row['created_at'])),
    expiresAt: new Date(String(row['expires_at'])),
    resolvedAt: row['resolved_at'] === null ? null : new Date(String(row['resolved_at'])),
    costPicoUsd: row['cost_pico_usd'] === null ? null : BigInt(String(row['cost_pico_usd'])),
    usageEventId: textOrNull(row['usage_event_id']),
    asked: String(row['asked']),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
