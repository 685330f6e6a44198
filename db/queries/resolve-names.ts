import { numbersLiteral, plainLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type NewName = { readonly name: string; readonly id: number };
export type NewModel = { readonly provider: string; readonly name: string; readonly id: number };
export type NewSession = {
  readonly externalId: string;
  readonly id: number;
  readonly agentId: number;
  readonly ts: string;
};

/** A dictionary: inserts what is new under the proposed id and answers the id in force of each name. */
const dictionary = (table: 'agents' | 'price_versions') => `
with wanted as (select * from unnest($2::text::text[], $3::text::int4[]) w (name, id)),
made as (
  insert into ${table} (project_id, id, name) select $1::int, id, name from wanted order by name
  on conflict do nothing returning id, name
)
select id, name from made
union all
select d.id, d.name from ${table} d join wanted w on w.name = d.name where d.project_id = $1::int`;

const modelStatement = `
with wanted as (select * from unnest($2::text::text[], $3::text::text[], $4::text::int4[]) w (provider, name, id)),
made as (
  insert into models (project_id, id, provider, name) select $1::int, id, provider, name from wanted
  order by provider, name on conflict do nothing returning id, provider, name
)
select id, provider, name from made
union all
select m.id, m.provider, m.name from models m
join wanted w on w.provider = m.provider and w.name = m.name where m.project_id = $1::int`;

const sessionStatement = `
with wanted as (
  select * from unnest($2::text::text[], $3::text::int8[], $4::text::int4[], $5::text::timestamptz[])
    w (external_id, id, agent_id, ts)
), made as (
  insert into sessions (project_id, id, external_id, agent_id, first_activity, last_activity)
  select $1::int, id, external_id, agent_id, ts, ts from wanted order by external_id
  on conflict do nothing returning id, external_id
)
select id::text, external_id from made
union all
select s.id::text, s.external_id from sessions s
join wanted w on w.external_id = s.external_id where s.project_id = $1::int`;

/** A name that two writers add at once may be in neither half of the answer: the caller asks again. */
export async function resolveDictionary(
  db: Database,
  input: {
    readonly table: 'agents' | 'price_versions';
    readonly projectId: number;
    readonly names: readonly NewName[];
  },
): Promise<readonly { readonly id: number; readonly name: string }[]> {
  return db.run(dictionary(input.table), [
    input.projectId,
    textsLiteral(input.names.map(({ name }) => name)),
    numbersLiteral(input.names.map(({ id }) => id)),
  ]);
}

export async function resolveModels(
  db: Database,
  input: { readonly projectId: number; readonly models: readonly NewModel[] },
): Promise<readonly { readonly id: number; readonly provider: string; readonly name: string }[]> {
  return db.run(modelStatement, [
    input.projectId,
    textsLiteral(input.models.map(({ provider }) => provider)),
    textsLiteral(input.models.map(({ name }) => name)),
    numbersLiteral(input.models.map(({ id }) => id)),
  ]);
}

export async function resolveSessions(
  db: Database,
  input: { readonly projectId: number; readonly sessions: readonly NewSession[] },
): Promise<readonly { readonly id: number; readonly externalId: string }[]> {
  const rows = await db.run<{ id: string; external_id: string }>(sessionStatement, [
    input.projectId,
    textsLiteral(input.sessions.map(({ externalId }) => externalId)),
    numbersLiteral(input.sessions.map(({ id }) => id)),
    numbersLiteral(input.sessions.map(({ agentId }) => agentId)),
    plainLiteral(input.sessions.map(({ ts }) => ts)),
  ]);
  return rows.map((row) => ({ id: Number(row.id), externalId: row.external_id }));
}
