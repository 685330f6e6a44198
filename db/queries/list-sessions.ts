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
/** So many sessions are first looked at in order for a text: one that many have fills a page with them. */
const looksMax = 2_000;
/** Up to so many are known by their keys while the order's index is walked; past it, many pass, and a page is soon full. */
const picksMax = 10_000;

/**
 * Sessions without fresh deltas come straight from the order's index, or, where a filter picks few, from these; of a
 * text that fills a page within the first of the index nothing else is looked up;
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
  const filters = filtersOf(input, param);
  const { use, used, own } = filters;
  const ofOwn = own && `and ${own}`;
  const cursor =
    input.after === null
      ? ''
      : `(${column}, id) < (${param(input.after.value)}::text::${type}, ${param(input.after.key)}::int8)`;
  const rows = `${param(input.limit + 1)}::int`;
  const limit = `limit ${rows}`;
  const order = `order by ${column} desc, id desc ${limit}`;
  const settled = `s.project_id = $1::int ${cursor && `and ${cursor}`}
        and s.id not in (select session_id from d)`;
  const hasHead = input.query !== null && !use;
  const isLeft = hasHead ? `(select count(*) from head) < ${rows}` : '';
  const picks = picksOf(filters, isLeft);
  const text = `
with d as materialized (${freshDeltas()}),
${
  hasHead
    ? `head (key) as materialized (select s.id from (
  select s.id, s.agent_id, s.external_id, s.${column} from sessions s where ${settled}
  order by s.${column} desc, s.id desc limit ${looksMax}
) s where ${own} order by s.${column} desc, s.id desc ${limit}),`
    : ''
}
${picks && `${picks.keys}, picks (count) as materialized (select ${picks.count}),`}
${use && `fresh_uses as materialized (select distinct u.session_id from rollup_deltas u where ${use}),`}
page as (
  select * from (
    (select ${plainSession} from (
      ${hasHead ? `select key from head where not ${isLeft} union all` : ''}
      select k.id as key from (select s.id, s.${column} from sessions s where ${settled} ${
        picks && `and (select count from picks) > ${lookupsMax} and ${picks.passes}`
      } order by s.${column} desc, s.id desc ${limit}) k
    ) k cross join lateral (select s.* from sessions s where s.project_id = $1::int and s.id = k.key offset 0) s)
    ${
      picks &&
      `union all
    (select ${plainSession} from (select distinct key from picked where (select count from picks) <= ${lookupsMax}) k
      cross join lateral (select s.* from sessions s where s.id = k.key and ${settled} ${ofOwn} ${used && `and ${used}`} offset 0) s ${order})`
    }
    union all
    (select * from (select ${addedSession} from sessions s join d on d.session_id = s.id
      where s.project_id = $1::int ${ofOwn} ${
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

/** Conditions as SQL, empty where nothing is asked. */
type Filters = {
  /** Of the session `s` itself: its agent, a text in its id. */
  readonly own: string;
  readonly agent: string;
  /** A text in the id, of the row of that name. */
  readonly named: (row: string) => string;
  /** Of a row `u` of its uses; and of the session `s`, that it has one. */
  readonly use: string;
  readonly used: string;
};

function filtersOf(input: Input, param: (value: Param) => string): Filters {
  const agent =
    input.agent === null
      ? ''
      : `s.agent_id = (select id from agents where project_id = $1::int and name = ${param(input.agent)}::text)`;
  const named = input.query === null ? () => '' : holdsText(input.query, param);
  const use = conditionsOf(input, param);
  return {
    own: [agent, named('s')].filter(Boolean).join(' and '),
    agent,
    named,
    use,
    used: use && `exists (select from session_uses u where ${use} and u.session_id = s.id offset 0)`,
  };
}

type Picks = {
  /** Defines `picked`, the keys that may pass; where they are more than `picksMax` they are not all there. */
  readonly keys: string;
  readonly count: string;
  /** Whether a session passes while the order's index is walked. */
  readonly passes: string;
};

/**
 * How a filter's sessions are found: by what they are, by how they were used, or by both; empty without a filter.
 * `isLeft`: whether any are to be found, by what was looked at before; empty where nothing was.
 */
function picksOf(filters: Filters, isLeft: string): Picks | '' {
  const { own, use, used } = filters;
  const limit = `limit ${picksMax + 1}`;
  const isPicked = 's.id in (select key from picked)';
  const ofUses = use && `select u.session_id from session_uses u where ${use} ${limit}`;
  const count = '(select count(*) from picked)';
  if (!own && !use) return '';
  if (!own) {
    return {
      keys: `picked (key) as materialized (${ofUses})`,
      count,
      passes: `case when (select count from picks) <= ${picksMax} then ${isPicked} else ${used} end`,
    };
  }
  if (!use) {
    const passes = `case when (select count from picks) > ${lookupsMax} then ${own} else false end`;
    return { ...ownKeys('picked', { filters, keysMax: lookupsMax, isLeft }), passes };
  }
  const ofOwn = ownKeys('own', { filters, keysMax: picksMax, isLeft });
  const isFewOwn = `${ofOwn.count} <= ${picksMax}`;
  const isFewByUse = `(select count(*) from by_use) <= ${picksMax}`;
  return {
    // Those of both where both are few; else those of the fewer, and the other is looked at row by row.
    keys: `${ofOwn.keys}, by_use (key) as materialized (${ofUses}), picked (key) as materialized (
  (select key from own where ${isFewOwn} and case when ${isFewByUse} then key in (select key from by_use) else true end)
  union all (select key from by_use where not ${isFewOwn}))`,
    count,
    passes: `case when ${isFewOwn} then ${isPicked} and case when ${isFewByUse} then true else ${used} end
        when (select count from picks) <= ${picksMax} then ${isPicked} and ${own}
        else ${own} and ${used} end`,
  };
}

/**
 * Keys of sessions by what they are. Of a text every session is looked at: in the index of their names, which is
 * a fifth of the table; where not too many have it, they are then looked up.
 */
function ownKeys(
  name: string,
  options: { readonly filters: Filters; readonly keysMax: number; readonly isLeft: string },
): Pick<Picks, 'keys' | 'count'> {
  const { filters, keysMax, isLeft } = options;
  const { own, agent, named } = filters;
  const limit = `limit ${keysMax + 1}`;
  const ofProject = `project_id = $1::int ${isLeft && `and ${isLeft}`}`;
  if (agent) {
    return {
      keys: `${name} (key) as materialized (select s.id from sessions s where s.${ofProject} and ${own} ${limit})`,
      count: `(select count(*) from ${name})`,
    };
  }
  const count = '(select count(*) from texts)';
  return {
    keys: `texts (external_id) as materialized (
  select n.external_id from sessions n where n.${ofProject} and ${named('n')} ${limit}
), ${name} (key) as materialized (
  select s.id from texts t cross join lateral (
    select s.id from sessions s where s.project_id = $1::int and s.external_id = t.external_id offset 0
  ) s where ${count} <= ${keysMax})`,
    count,
  };
}

/**
 * Whether the session's id holds a text, in any case. Every session may be looked at, so by the quickest way: of
 * ASCII "C" folds the case byte by byte, in half the time of `ilike`, and without letters there is none to fold.
 * Where there are other characters too, most ids are told apart by these and need no folding, which is half the
 * time of a look.
 */
function holdsText(query: string, param: (value: Param) => string): Filters['named'] {
  const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  if (query.toLowerCase() === query.toUpperCase()) {
    const place = param(pattern);
    return (row) => `${row}.external_id like ${place}::text`;
  }
  if (!isAsciiText(query)) {
    const place = param(pattern);
    return (row) => `${row}.external_id ilike ${place}::text`;
  }
  const place = param(pattern.toLowerCase());
  const folded = (row: string) => `lower(${row}.external_id collate "C") like ${place}::text`;
  const rest = query.replaceAll(/[a-z]/gi, '');
  if (rest === '') return folded;
  const shape = param(pattern.replaceAll(/[a-z]/gi, '_'));
  return (row) => `${row}.external_id like ${shape}::text and ${folded(row)}`;
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
