import type { Database } from '../database.ts';
import { draftLife } from './draft-life.ts';

/**
 * What is of no use past its time: [table, condition on the row, with $2 = now]. A draft's row that may remember
 * what was cleared outlives whoever could still be writing it.
 */
const sweeps = {
  loginSessions: `delete from login_sessions where project_id = $1::int and hash in (
    select hash from login_sessions where project_id = $1::int and expires_at < $2::text::timestamptz limit 5000)`,
  loginLinks: `delete from login_links where project_id = $1::int and hash in (
    select hash from login_links where project_id = $1::int and expires_at < $2::text::timestamptz - interval '1 day' limit 5000)`,
  heartbeats: `delete from heartbeats where project_id = $1::int and id in (
    select id from heartbeats where project_id = $1::int and ts < $2::text::timestamptz - interval '35 days' order by ts limit 5000)`,
  agentDays: `delete from agent_days where project_id = $1::int and (day, agent_id) in (
    select day, agent_id from agent_days where project_id = $1::int
      and day < ($2::text::timestamptz at time zone 'UTC')::date - 35 order by day limit 5000)`,
  jobRuns: `delete from job_runs where project_id = $1::int and (job, slot) in (
    select job, slot from job_runs where project_id = $1::int and slot < $2::text::timestamptz - interval '14 days' limit 5000)`,
  holds: `delete from holds where project_id = $1::int and id in (
    select id from holds where project_id = $1::int and state <> 0
      and created_at < $2::text::timestamptz - interval '400 days' order by created_at limit 5000)`,
  deliveries: `delete from deliveries where project_id = $1::int and id in (
    select id from deliveries where project_id = $1::int and state <> 0
      and created_at < $2::text::timestamptz - interval '90 days' limit 5000)`,
  messageDrafts: `delete from message_drafts where project_id = $1::int and session_id in (
    select session_id from message_drafts where project_id = $1::int and updated_at < $2::text::timestamptz
      - case when text is null or barred <> '{}' then interval '1 day' else interval '${draftLife}' end
    order by session_id limit 5000 for update skip locked)`,
  alerts: `delete from alerts where project_id = $1::int and id in (
    select id from alerts where project_id = $1::int
      and fired_at < $2::text::timestamptz - interval '400 days' order by fired_at limit 5000)`,
} as const;

export type StaleRows = keyof typeof sweeps;
export const staleRows: readonly StaleRows[] = [
  'loginSessions',
  'loginLinks',
  'heartbeats',
  'agentDays',
  'jobRuns',
  'holds',
  'deliveries',
  'messageDrafts',
  'alerts',
];

/** Deletes at most 5,000 rows of one kind. @returns how many. */
export async function deleteStaleRows(
  db: Database,
  input: { readonly projectId: number; readonly what: StaleRows; readonly now: Date },
): Promise<number> {
  const [row] = await db.run<{ deleted: number }>(
    `with gone as (${sweeps[input.what]} returning 1) select count(*)::int as deleted from gone`,
    [input.projectId, input.now.toISOString()],
  );
  return row?.deleted ?? 0;
}
