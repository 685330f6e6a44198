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

/** What is folded and what is not yet, in one statement: never an event twice or not at all. */
const statement = `
select u.source, m.provider, m.name as model, u.calls::text, u.tokens::text, u.cost::text from (
  select source, model_id, sum(calls) as calls, sum(tokens) as tokens, sum(cost) as cost from (
    select source, model_id, calls, tokens, cost_pico_usd as cost
    from session_uses where project_id = $1::int and session_id = $2::int8
    union all
    select source, model_id, calls,
      input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens, cost_pico_usd
    from rollup_deltas where project_id = $1::int and session_id = $2::int8
  ) parts group by source, model_id having sum(calls) <> 0 order by cost desc limit ${rowsMax}
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
