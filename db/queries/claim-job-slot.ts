import type { Database } from '../database.ts';

const claimStatement = `
insert into job_runs (project_id, job, slot) values ($1::int, $2::text, $3::text::timestamptz)
on conflict do nothing returning job`;

/** True for exactly one of all replicas that ask for the same slot of a job. */
export async function claimJobSlot(
  db: Database,
  input: { readonly projectId: number; readonly job: string; readonly slot: Date },
): Promise<boolean> {
  const rows = await db.run(claimStatement, [input.projectId, input.job, input.slot.toISOString()]);
  return rows.length === 1;
}

const finishStatement = `
update job_runs set finished_at = now(), outcome = $4::text::jsonb
where project_id = $1::int and job = $2::text and slot = $3::text::timestamptz`;

/** Writes down how a claimed slot ended. */
export async function finishJobSlot(
  db: Database,
  input: {
    readonly projectId: number;
    readonly job: string;
    readonly slot: Date;
    readonly outcome: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await db.run(finishStatement, [
    input.projectId,
    input.job,
    input.slot.toISOString(),
    JSON.stringify(input.outcome),
  ]);
}
