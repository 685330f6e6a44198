import type { Database } from '../database.ts';

export type StoredCall = {
  readonly ts: Date;
  readonly contextTokens: number;
  readonly outputTokens: number;
  readonly costPicoUsd: bigint;
  readonly isPriced: boolean;
  readonly isError: boolean;
  readonly model: string;
};

const statement = `
select e.ts, (e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens)::text as context,
  e.output_tokens::text, e.cost_pico_usd::text, e.price_status, e.status, m.name as model
from usage_events e join models m on m.project_id = $1::int and m.id = e.model_id
where e.project_id = $1::int and e.session_id = $2::int8
  and e.ts >= $3::text::timestamptz and e.ts <= $4::text::timestamptz
order by e.ts limit $5::int`;

/** A session's model calls in a span of time, the earliest first. */
export async function listCallsBetween(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly from: Date;
    readonly to: Date;
    readonly limit: number;
  },
): Promise<readonly StoredCall[]> {
  const rows = await db.run(statement, [
    input.projectId,
    input.sessionKey,
    input.from.toISOString(),
    input.to.toISOString(),
    input.limit,
  ]);
  return rows.map((row) => ({
    ts: new Date(String(row['ts'])),
    contextTokens: Number(row['context']),
    outputTokens: Number(row['output_tokens']),
    costPicoUsd: BigInt(String(row['cost_pico_usd'])),
    isPriced: Number(row['price_status']) !== 2,
    isError: Number(row['status']) === 1,
    model: String(row['model']),
  }));
}
