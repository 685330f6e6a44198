import type { Database } from '../database.ts';
import {
  addedSession,
  freshDeltas,
  type SessionTotals,
  sessionJoins,
  sessionSelect,
  toSessionTotals,
} from './session-columns.ts';

const statement = `
with s as materialized (select * from sessions where project_id = $1::int and external_id = $2::text),
d as materialized (${freshDeltas('session_id = (select id from s)')}),
page as (select ${addedSession} from s left join d on d.session_id = s.id)
select ${sessionSelect} from page p ${sessionJoins}`;

/** A session by the id that its client gave it. */
export async function findSession(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<SessionTotals | null> {
  const [row] = await db.run(statement, [input.projectId, input.id]);
  return row ? toSessionTotals(row) : null;
}
