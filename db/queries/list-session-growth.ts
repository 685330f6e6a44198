import type { Database } from '../database.ts';

export type GrowthPoint = {
  readonly ts: Date;
  readonly calls: number;
  /** Largest context of the calls in this point. */
  readonly contextTokens: number;
  readonly costPicoUsd: bigint;
  readonly provider: string;
  readonly model: string;
};

/** Neighbouring calls share a point when there are more of them than points. */
const statement = `
with calls as (
  select ts, model_id, cost_pico_usd, input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens as context,
    (row_number() over (order by ts) - 1) * $3::int / greatest(count(*) over (), $3::int) as point
  from usage_events where project_id = $1::int and session_id = $2::int8
), points as (
  select max(ts) as ts, count(*) as calls, max(context) as context, sum(cost_pico_usd) as cost,
    (array_agg(model_id order by ts desc))[1] as model_id
  from calls group by point
)
select p.ts, p.calls::text, p.context::text, p.cost::text, m.provider, m.name as model
from points p join models m on m.project_id = $1::int and m.id = p.model_id order by p.ts`;

/** How a session's context grew, in at most `pointsMax` points. */
export async function listSessionGrowth(
  db: Database,
  input: { readonly projectId: number; readonly sessionKey: number; readonly pointsMax: number },
): Promise<readonly GrowthPoint[]> {
  const rows = await db.run(statement, [input.projectId, input.sessionKey, input.pointsMax]);
  return rows.map((row) => ({
    ts: new Date(String(row['ts'])),
    calls: Number(row['calls']),
    contextTokens: Number(row['context']),
    costPicoUsd: BigInt(String(row['cost'])),
    provider: String(row['provider']),
    model: String(row['model']),
  }));
}
