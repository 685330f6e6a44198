import { numbersLiteral } from '../array-literal.ts';
import { nameOfCode, priceStatusCodes } from '../codes.ts';
import type { Database } from '../database.ts';

/** A stored call, as far as its price goes. */
export type UsagePriceRow = {
  readonly key: string;
  /** As Postgres writes it, to the microsecond; only for the next page. */
  readonly tsText: string;
  readonly atMs: number;
  readonly modelId: number;
  readonly requestedModelId: number | null;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly outputTokens: number;
  readonly costPicoUsd: bigint;
  readonly priceStatus: keyof typeof priceStatusCodes;
};

/** By time and key (the columns, which an output of the same name would hide), so that a page begins where the one before ended, whatever was stored meanwhile. */
const statement = `
select id::text as key, (ts at time zone 'UTC')::text || 'Z' as ts_text,
  floor(extract(epoch from ts) * 1000)::text as at_ms, model_id, requested_model_id,
  input_tokens::text, cache_read_tokens::text, cache_write_5m_tokens::text, cache_write_1h_tokens::text,
  output_tokens::text, cost_pico_usd::text, price_status
from usage_events
where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz
  and (ts, id) > (coalesce($4::text, '-infinity')::timestamptz, coalesce($5::text, '00000000-0000-0000-0000-000000000000')::uuid)
  and ($6::text is null or model_id = any($6::text::int4[]))
  and (not $7::bool or price_status = ${priceStatusCodes.unpriced})
order by ts, id limit $8::int`;

/** A page of stored calls of a range, oldest first. */
export async function listUsagePrices(
  db: Database,
  input: {
    readonly projectId: number;
    readonly fromMs: number;
    readonly toMs: number;
    /** Null takes all models. */
    readonly modelIds: readonly number[] | null;
    readonly onlyUnpriced: boolean;
    readonly after: { readonly tsText: string; readonly key: string } | null;
    readonly limit: number;
  },
): Promise<readonly UsagePriceRow[]> {
  const rows = await db.run(
    statement,
    [
      input.projectId,
      new Date(input.fromMs).toISOString(),
      new Date(input.toMs).toISOString(),
      input.after?.tsText ?? null,
      input.after?.key ?? null,
      input.modelIds === null ? null : numbersLiteral(input.modelIds),
      input.onlyUnpriced,
      input.limit,
    ],
    { deadlineMs: 30_000 },
  );
  return rows.map((row) => ({
    key: String(row['key']),
    tsText: String(row['ts_text']),
    atMs: Number(row['at_ms']),
    modelId: Number(row['model_id']),
    requestedModelId: row['requested_model_id'] === null ? null : Number(row['requested_model_id']),
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWrite5mTokens: Number(row['cache_write_5m_tokens']),
    cacheWrite1hTokens: Number(row['cache_write_1h_tokens']),
    outputTokens: Number(row['output_tokens']),
    costPicoUsd: BigInt(String(row['cost_pico_usd'])),
    priceStatus: nameOfCode(priceStatusCodes, Number(row['price_status'])),
  }));
}
