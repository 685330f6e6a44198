import type { SessionSort } from '#lib/sessions/session-sort.ts';
import type { Database, Param } from '../database.ts';
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

type Input = {
  readonly projectId: number;
  readonly sort: SessionSort;
  readonly agent: string | null;
  /** Part of the session's id. */
  readonly query: string | null;
  readonly after: SessionCursor | null;
  readonly limit: number;
};

/**
 * Sessions without fresh deltas come straight from the order's index; those with some are few and sorted
 * with them added. A page is therefore exact and costs the same at any depth. What is not asked for is left
 * out of the text: under `$2 is null or ...` the plan that Postgres keeps for all values reads every session.
 */
function statementOf(input: Input): { readonly text: string; readonly params: readonly Param[] } {
  const { column, type } = orders[input.sort];
  const params: Param[] = [input.projectId];
  const param = (value: Param) => `$${params.push(value)}`;
  const agent =
    input.agent === null
      ? ''
      : `and s.agent_id = (select id from agents where project_id = $1::int and name = ${param(input.agent)}::text)`;
  const query =
    input.query === null
      ? ''
      : `and s.external_id ilike ${param(`%${input.query.replaceAll(/[\\%_]/g, '\\$&')}%`)}::text`;
  const cursor =
    input.after === null
      ? ''
      : `(${column}, id) < (${param(input.after.value)}::text::${type}, ${param(input.after.key)}::int8)`;
  const limit = `limit ${param(input.limit + 1)}::int`;
  const text = `
with d as materialized (${freshDeltas()}),
page as (
  select * from (
    (select ${plainSession} from sessions s
      where s.project_id = $1::int ${agent} ${query} ${cursor && `and ${cursor}`}
        and s.id not in (select session_id from d)
      order by s.${column} desc, s.id desc ${limit})
    union all
    (select * from (select ${addedSession} from sessions s join d on d.session_id = s.id
      where s.project_id = $1::int ${agent} ${query}) f
      ${cursor && `where ${cursor}`} order by ${column} desc, id desc ${limit})
  ) both_kinds
  order by ${column} desc, id desc ${limit}
)
select ${sessionSelect}, p.${column}::text as sort_value
from page p ${sessionJoins}
order by p.${column} desc, p.id desc`;
  return { text, params };
}

/** One page of sessions after a cursor, with the cursor of the next page while there is one. */
export async function listSessions(
  db: Database,
  input: Input,
): Promise<{ readonly sessions: readonly SessionTotals[]; readonly next: SessionCursor | null }> {
  const { text, params } = statementOf(input);
  const rows = await db.run(text, params);
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
