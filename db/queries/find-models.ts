import { numbersLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type ModelRow = { readonly id: number; readonly provider: string; readonly name: string };

const byId = `
select id, provider, name from models where project_id = $1::int and id = any($2::text::int4[])`;

const byName = `
select m.id, m.provider, m.name from models m
join unnest($2::text::text[], $3::text::text[]) w (provider, name) on w.provider = m.provider and w.name = m.name
where m.project_id = $1::int`;

/** The names of stored model numbers. */
export async function findModelsById(
  db: Database,
  input: { readonly projectId: number; readonly ids: readonly number[] },
): Promise<readonly ModelRow[]> {
  if (input.ids.length === 0) return [];
  return db.run<ModelRow>(byId, [input.projectId, numbersLiteral(input.ids)]);
}

/** The numbers of models; those that no call has named are left out. */
export async function findModelsByName(
  db: Database,
  input: {
    readonly projectId: number;
    readonly models: readonly { readonly provider: string; readonly model: string }[];
  },
): Promise<readonly ModelRow[]> {
  return db.run<ModelRow>(byName, [
    input.projectId,
    textsLiteral(input.models.map(({ provider }) => provider)),
    textsLiteral(input.models.map(({ model }) => model)),
  ]);
}
