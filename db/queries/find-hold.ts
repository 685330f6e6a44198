import type { Hold } from '#lib/budget/hold.ts';
import type { Database } from '../database.ts';
import { holdColumns, toHold } from './hold-row.ts';

const statement = `
select ${holdColumns('h')} from (
  select *, case when state = 0 and expires_at <= clock_timestamp() then 3 else state end as now_state
  from holds where project_id = $1::int and id = $2::text) s
cross join lateral (select s.id, s.now_state as state, s.agent, s.session, s.provider, s.model, s.source, s.amount_pico_usd,
  s.created_at, s.expires_at, s.resolved_at, s.usage_pico_usd, s.settled_pico_usd, s.usage_event_id, s.asked) h`;

/** One hold; past its time it is expired, also where nobody has written that down yet. */
export async function findHold(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<Hold | null> {
  const [row] = await db.run(statement, [input.projectId, input.id]);
  return row === undefined ? null : toHold(row);
}
