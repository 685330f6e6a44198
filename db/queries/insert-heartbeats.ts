import { numbersLiteral, parseWords, plainLiteral, sparseTextsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type HeartbeatRow = {
  readonly key: string;
  readonly externalId: string | null;
  readonly ts: string;
  readonly agentId: number;
  /** JSON text. */
  readonly gauges: string | null;
};

const statement = `
with ins as (
  insert into heartbeats (project_id, id, ts, agent_id, external_id, gauges)
  select $1::int, id, ts, agent_id, external_id, gauges::jsonb
  from unnest($2::text::uuid[], $3::text::timestamptz[], $4::text::int4[], $5::text::text[], $6::text::text[])
    as t(id, ts, agent_id, external_id, gauges)
  on conflict (project_id, id) do nothing returning id
)
select array_agg(id)::text as keys from ins`;

/** Stores heartbeats with distinct keys, sorted by them. @returns the keys that were new. */
export async function insertHeartbeats(
  db: Database,
  input: { readonly projectId: number; readonly rows: readonly HeartbeatRow[] },
): Promise<ReadonlySet<string>> {
  const { projectId, rows } = input;
  const [row] = await db.run<{ keys: string | null }>(statement, [
    projectId,
    plainLiteral(rows.map(({ key }) => key)),
    plainLiteral(rows.map(({ ts }) => ts)),
    numbersLiteral(rows.map(({ agentId }) => agentId)),
    sparseTextsLiteral(rows.map(({ externalId }) => externalId)),
    sparseTextsLiteral(rows.map(({ gauges }) => gauges)),
  ]);
  return new Set(parseWords(row?.keys ?? null));
}

const findStatement = `
select id::text, agent_id, gauges from heartbeats
where project_id = $1::int and id = any($2::text::uuid[])`;

/** Stored heartbeats in a form that compares with what was sent. */
export async function findHeartbeats(
  db: Database,
  input: { readonly projectId: number; readonly keys: readonly string[] },
): Promise<readonly { readonly key: string; readonly values: readonly unknown[] }[]> {
  const rows = await db.run(findStatement, [input.projectId, plainLiteral(input.keys)]);
  return rows.map((row) => ({ key: String(row['id']), values: [Number(row['agent_id']), row['gauges']] }));
}

/** The same values of a row that was sent. */
export function heartbeatValues(row: HeartbeatRow): readonly unknown[] {
  return [row.agentId, row.gauges === null ? null : JSON.parse(row.gauges)];
}
