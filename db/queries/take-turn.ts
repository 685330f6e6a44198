import type { Database } from '../database.ts';

/** One row a turn; the slot of a periodic job says when it runs, a turn has none. */
const slot = `timestamptz 'epoch'`;

const takeStatement = `
insert into job_runs (project_id, job, slot, outcome)
values ($1::int, $2::text, ${slot}, jsonb_build_object('owner', $3::text))
on conflict (project_id, job, slot) do update set started_at = now(), outcome = excluded.outcome`;

export type Turn = { readonly projectId: number; readonly name: string; readonly owner: string };

/** Takes the turn from whoever has it, once what he writes in this moment is committed (`turnClause`). */
export async function takeTurn(db: Database, { projectId, name, owner }: Turn): Promise<void> {
  await db.run(takeStatement, [projectId, name, owner]);
}

/** CTE `turn`: one row while the owner still has it, which nobody can take before this statement is committed. */
export const turnClause = ({ name, owner }: { readonly name: string; readonly owner: string }) => `
turn as materialized (
  select 1 from job_runs where project_id = $1::int and job = ${name} and slot = ${slot} and outcome ->> 'owner' = ${owner}
  for share
)`;
