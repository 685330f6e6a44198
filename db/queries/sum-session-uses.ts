import type { Source } from '#lib/usage/usage-event.ts';
import { nameOfCode, sourceCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type SessionUseSum = {
  readonly source: Source;
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly tokens: number;
  readonly costPicoUsd: bigint;
};

const rowsMax = 50;

const statement = `
select u.source, m.provider, m.name as model, u.calls::text, u.tokens::text, u.cost::text from (
  select source, model_id, count(*) as calls, sum(cost_pico_usd) as cost,
    sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens) as tokens
  from usage_events where project_id = $1::int and session_id = $2::int8
  group by source, model_id order by cost desc limit ${rowsMax}
) u join models m on m.project_id = $1::int and m.id = u.model_id order by u.cost desc, m.name`;

/** A session's calls by source and model, the dearest first. */
export async function sumSessionUses(
  db: Database,
  input: { readonly projectId: number; readonly sessionKey: number },
): Promise<readonly SessionUseSum[]> {
  const rows = await db.run(statement, [input.projectId, input.sessionKey]);
  return rows.map((row) => ({
    source: nameOfCode(sourceCodes, Number(row['source'])),
    provider: String(row['provider']),
    model: String(row['model']),
    calls: Number(row['calls']),
    tokens: Number(row['tokens']),
    costPicoUsd: BigInt(String(row['cost'])),
  }));
}
