import type { SessionSort } from '#lib/sessions/session-sort.ts';
import type { Database } from '../database.ts';
import {
  addedSession,
  freshDeltas,
  plainSession,
  type SessionTotals,
  sessionJoins,
  sessionSelect,
  toSessionTotals,
} from './session-columns.ts';

export type SessionCursor = { readonly value: string; readonly key: number };

/** Column, the type its cursor is read as, and the same value of a session with its deltas added. */
const orders = {
  bytes: { column: 'bytes', type: 'int8' },
  tokens: { column: 'tokens', type: 'numeric' },
  cost: { column: 'cost_pico_usd', type: 'numeric' },
  messages: { column: 'messages', type: 'int8' },
  context: { column: 'context_high_water', type: 'int8' },
  lastActivity: { column: 'last_activity', type: 'timestamptz' },
} as const satisfies Record<SessionSort, { column: string; type: string }>;

const filters = `($2::text is null or s.agent_id = (select id from agents where project_id = $1::int and name = $2::text))
    and ($3::text is null or s.external_id ilike $3::text)`;

/**
 * Sessions without fresh deltas come straight from the order's index; those with some are few and sorted
 * with them added. A page is therefore exact and costs the same at any depth.
 */
const statementOf = ({ column, type }: { readonly column: string; readonly type: string }) => {
  const after = `($4::text is null or (${column}, id) < ($4::text::${type}, $5::int8))`;
  return `
with d as materialized (${freshDeltas()}),
page as (
  select * from (
    (select ${plainSession} from sessions s
      where s.project_id = $1::int and ${filters} and ${after} and not exists (select 1 from d where d.session_id = s.id)
      order by s.${column} desc, s.id desc limit $6::int)
    union all
    (select * from (select ${addedSession} from sessions s join d on d.session_id = s.id
      where s.project_id = $1::int and ${filters}) f
      where ${after} order by ${column} desc, id desc limit $6::int)
  ) both_kinds
  order by ${column} desc, id desc limit $6::int
)
select ${sessionSelect}, p.${column}::text as sort_value
from page p ${sessionJoins}
order by p.${column} desc, p.id desc`;
};

const statements = Object.fromEntries(
  Object.entries(orders).map(([sort, order]) => [sort, statementOf(order)]),
);

/** One page of sessions after a cursor, with the cursor of the next page while there is one. */
export async function listSessions(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sort: SessionSort;
    readonly agent: string | null;
    /** Part of the session's id. */
    readonly query: string | null;
    readonly after: SessionCursor | null;
    readonly limit: number;
  },
): Promise<{ readonly sessions: readonly SessionTotals[]; readonly next: SessionCursor | null }> {
  const rows = await db.run(statements[input.sort] ?? '', [
    input.projectId,
    input.agent,
    input.query === null ? null : `%${input.query.replaceAll(/[\\%_]/g, '\\$&')}%`,
    input.after?.value ?? null,
    input.after?.key ?? 0,
    input.limit + 1,
  ]);
  const page = rows.slice(0, input.limit);
  const last = page[page.length - 1];
  return {
    sessions: page.map(toSessionTotals),
    next:
      rows.length > input.limit && last
        ? { value: String(last['sort_value']), key: Number(last['id']) }
        : null,
  };
}
