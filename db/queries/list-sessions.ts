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

/** Up to so many sessions that a filter picks are looked up and sorted. */
const lookupsMax = 2_000;
/** Up to so many are known by their keys while the order's index is walked; past it, many pass, and a page is soon full. */
const picksMax = 10_000;

/**
 * Sessions without fresh deltas come straight from the order's index, or, where a filter picks few, from these;
 * those with fresh deltas are few and sorted with them added. A page is therefore exact and costs the same at
 * any depth. What is not asked for is left out of the text: under `$2 is null or ...` the plan that Postgres
 * keeps for all values reads every session. `limit 1`, `offset 0` and `case` hold it to one index probe a row:
 * left to itself it joins all uses with all sessions, which takes seconds with 100,000 of them. Of a `case` it
 * expects half to pass, of a text hardly any, for which it would sort all sessions rather than walk the index.
 */
function statementOf(input: Input): { readonly text: string; readonly params: readonly Param[] } {
  const { column, type } = orders[input.sort];
  const params: Param[] = [input.projectId];
  const param = (value: Param) => `$${params.push(value)}`;
  const agent =
    input.agent === null
      ? ''
      : `and s.agent_id = (select id from agents where project_id = $1::int and name = ${param(input.agent)}::text)`;
  const named = input.query === null ? '' : holdsText(input.query, param);
  const query = named && `and ${named}`;
  const use = conditionsOf(input, param);
  const used = use && `(select true from session_uses u where ${use} and u.session_id = s.id limit 1)`;
  const cursor =
    input.after === null
      ? ''
      : `(${column}, id) < (${param(input.after.value)}::text::${type}, ${param(input.after.key)}::int8)`;
  const limit = `limit ${param(input.limit + 1)}::int`;
  const order = `order by ${column} desc, id desc ${limit}`;
  const settled = `s.project_id = $1::int ${agent} ${cursor && `and ${cursor}`}
        and s.id not in (select session_id from d)`;
  const passes = `case when (select count from picks) <= ${picksMax} then s.id in (select key from picked) else ${used || 'true'} end`;
  const picks = picksOf({ use, agent, query });
  const text = `
with d as materialized (${freshDeltas()}),
${picks && `${picks}, picks (count) as materialized (select count(*) from picked),`}
${use && `fresh_uses as materialized (select distinct u.session_id from rollup_deltas u where ${use}),`}
page as (
  select * from (
    (select ${plainSession} from (
      select k.id as key from (select s.id, s.${column} from sessions s where ${settled} ${
        picks &&
        `and (select count from picks) > ${lookupsMax} and case when ${named || 'true'} then ${passes} end`
      } order by s.${column} desc, s.id desc ${limit}) k
    ) k cross join lateral (select s.* from sessions s where s.project_id = $1::int and s.id = k.key offset 0) s)
    ${
      picks &&
      `union all
    (select ${plainSession} from (select distinct key from picked where (select count from picks) <= ${lookupsMax}) k
      cross join lateral (select s.* from sessions s where s.id = k.key and ${settled} ${query} ${used && `and ${used}`} offset 0) s ${order})`
    }
    union all
    (select * from (select ${addedSession} from sessions s join d on d.session_id = s.id
      where s.project_id = $1::int ${agent} ${query} ${
        use && `and (s.id in (select session_id from fresh_uses) or ${used})`
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

type Filters = { readonly use: string; readonly agent: string; readonly query: string };

/**
 * Keys of the sessions that a filter lets pass, up to one more than `picksMax`; empty without a filter. The text's
 * come first, for which every session (of the agent) is looked at once; where they are too many, those of the use.
 */
function picksOf({ use, agent, query }: Filters): string {
  const limit = `limit ${picksMax + 1}`;
  const ofSessions = `select s.id from sessions s where s.project_id = $1::int ${agent} ${query} ${limit}`;
  const ofUses = use && `select u.session_id from session_uses u where ${use}`;
  if (!query) {
    if (ofUses) return `picked (key) as materialized (${ofUses} ${limit})`;
    return agent && `picked (key) as materialized (${ofSessions})`;
  }
  if (!ofUses) return `picked (key) as materialized (${ofSessions})`;
  const isMany = `(select count(*) from named) > ${picksMax}`;
  return `named (key) as materialized (${ofSessions}), picked (key) as materialized (
  (select key from named where not ${isMany}) union all (${ofUses} and ${isMany} ${limit}))`;
}

/**
 * Whether the session's id holds a text, in any case. Every session may be looked at, so by the quickest way: of
 * ASCII "C" folds the case byte by byte, in half the time of `ilike`, and without letters there is none to fold.
 */
function holdsText(query: string, param: (value: Param) => string): string {
  const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  if (query.toLowerCase() === query.toUpperCase()) return `s.external_id like ${param(pattern)}::text`;
  if (!isAsciiText(query)) return `s.external_id ilike ${param(pattern)}::text`;
  return `lower(s.external_id collate "C") like ${param(pattern.toLowerCase())}::text`;
}

function isAsciiText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
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
