import type { SessionSort } from '#lib/sessions/session-sort.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { sourceCodes } from '../codes.ts';
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
  /** A model that answered at least one call, by its exact name, whoever hosts it. */
  readonly model: string | null;
  /** Why at least one call ran; of the same call where a model is asked for too. */
  readonly source: Source | null;
  /** Part of the session's id. */
  readonly query: string | null;
  readonly after: SessionCursor | null;
  readonly limit: number;
};

/** Up to so many sessions that a filter picks are sorted; past it, so many pass that the order's index finds a page soon. */
const picksMax = 10_000;

/**
 * Sessions without fresh deltas come straight from the order's index, or, where a filter picks few, from these;
 * those with fresh deltas are few and sorted with them added. A page is therefore exact and costs the same at
 * any depth. What is not asked for is left out of the text: under `$2 is null or ...` the plan that Postgres
 * keeps for all values reads every session. `limit 1` and `offset 0` hold it to one index probe a row: left to
 * itself it joins all uses with all sessions, which takes seconds with 100,000 of them.
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
  const use = conditionsOf(input, param);
  const cursor =
    input.after === null
      ? ''
      : `(${column}, id) < (${param(input.after.value)}::text::${type}, ${param(input.after.key)}::int8)`;
  const limit = `limit ${param(input.limit + 1)}::int`;
  const order = `order by ${column} desc, id desc ${limit}`;
  const settled = `s.project_id = $1::int ${agent} ${query} ${cursor && `and ${cursor}`}
        and s.id not in (select session_id from d)`;
  const probe =
    use && `cross join lateral (select 1 from session_uses u where ${use} and u.session_id = s.id limit 1) u`;
  const picks = use
    ? `select u.session_id as key from session_uses u where ${use}`
    : agent && `select s.id from sessions s where s.project_id = $1::int ${agent}`;
  const isFew = picks && `(select count(*) from picked) <= ${picksMax}`;
  const text = `
with d as materialized (${freshDeltas()}),
${picks && `picked (key) as materialized (${picks} limit ${picksMax + 1}),`}
${use && `fresh_uses as materialized (select distinct u.session_id from rollup_deltas u where ${use}),`}
page as (
  select * from (
    (select ${plainSession} from (select s.* from sessions s ${probe}
      where ${settled} ${isFew && `and not ${isFew}`} order by s.${column} desc, s.id desc ${limit}) s)
    ${
      picks &&
      `union all
    (select ${plainSession} from (select distinct key from picked where ${isFew}) k
      cross join lateral (select s.* from sessions s where s.id = k.key and ${settled} offset 0) s ${order})`
    }
    union all
    (select * from (select ${addedSession} from sessions s join d on d.session_id = s.id
      where s.project_id = $1::int ${agent} ${query} ${
        use &&
        `and (s.id in (select session_id from fresh_uses)
          or exists (select 1 from session_uses u where ${use} and u.session_id = s.id))`
      }) f
      ${cursor && `where ${cursor}`} ${order})
  ) all_kinds
  ${order}
)
select ${sessionSelect}, p.${column}::text as sort_value
from page p ${sessionJoins}
order by p.${column} desc, p.id desc`;
  return { text, params };
}

/** What a row of `session_uses`, or of the deltas, must be; empty when nothing is asked of it. */
function conditionsOf({ model, source }: Input, param: (value: Param) => string): string {
  if (model === null && source === null) return '';
  const conditions = ['u.project_id = $1::int'];
  if (model !== null) {
    const named = `select id from models where project_id = $1::int and name = ${param(model)}::text`;
    conditions.push(`u.model_id = any (array(${named}))`);
  }
  if (source !== null) conditions.push(`u.source = ${param(sourceCodes[source])}::int2`);
  return conditions.join(' and ');
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
