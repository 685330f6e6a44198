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

/**
 * Inserts and marks the slots in which new ones fall, in one statement. Only slots that were not marked yet are
 * written: of an agent that beats each half minute nine of ten heartbeats find theirs marked. Rows are written in
 * key order, after all heartbeats: two writers never wait for each other in a ring.
 */
const statement = `
with ins as (
  insert into heartbeats (project_id, id, ts, agent_id, external_id, gauges)
  select $1::int, id, ts, agent_id, external_id, gauges::jsonb
  from unnest($2::text::uuid[], $3::text::timestamptz[], $4::text::int4[], $5::text::text[], $6::text::text[])
    as t(id, ts, agent_id, external_id, gauges)
  on conflict (project_id, id) do nothing returning id, ts, agent_id
), heard as (
  select day, agent_id, bit_or(set_bit(0::bit(288), slot, 1)) as slots
  from (
    select distinct (ts at time zone 'UTC')::date as day, agent_id, floor(extract(epoch from (ts at time zone 'UTC')::time) / 300)::int as slot
    from ins) i
  group by day, agent_id
), marked as (
  insert into agent_days as d (project_id, day, agent_id, slots)
  select $1::int, h.day, h.agent_id, h.slots from heard h
  left join agent_days k on k.project_id = $1::int and k.day = h.day and k.agent_id = h.agent_id
  where k.slots is null or (k.slots | h.slots) <> k.slots
  order by h.day, h.agent_id
  on conflict (project_id, day, agent_id) do update set slots = d.slots | excluded.slots
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
