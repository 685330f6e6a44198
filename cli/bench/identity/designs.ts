import { usageColumns, usageValues } from '#db/queries/insert-usage-events.ts';

export type Design = {
  readonly name: string;
  /** Its tables, for size and vacuum. */
  readonly tables: readonly string[];
  readonly create: readonly string[];
  /** Parameters: the project, then one array literal for each of `usageColumns`. */
  readonly insert: string;
  /** A statement that puts `rows` (a query of project and `usageColumns`) in without asking for duplicates. */
  readonly fill: (rows: string) => string;
  /** Takes a month's events out, their identity with them. */
  readonly dropMonth: (month: string) => readonly string[];
};

const names = usageColumns.map(([name]) => name).join(', ');
const given = `select $1::int as project_id, 1::int8 as flush_id, ${usageValues} from unnest(${usageColumns
  .map(([, type], index) => `$${index + 2}::text::${type}[]`)
  .join(', ')}) t(${names})`;
const hashParts = 16;
const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'] as const;

/** The schema's own table, identity and both further indexes. */
const plain: Design = {
  name: 'plain table',
  tables: ['plain_events'],
  create: ['create table plain_events (like usage_events including all)'],
  insert: `with ins as (insert into plain_events (project_id, flush_id, ${names}) ${given}
    on conflict (project_id, id) do nothing returning id) select count(*)::int as accepted from ins`,
  fill: (rows) => `insert into plain_events (project_id, flush_id, ${names}) ${rows}`,
  dropMonth: (month) => [
    `delete from plain_events where project_id = 1 and ts >= '${month}-01Z' and ts < timestamptz '${month}-01Z' + interval '1 month'`,
    'vacuum plain_events',
  ],
};

/** Events by month, and keys beside them that know an id whatever its month. */
function partitioned(prefix: string, keysBy: string | null): Design {
  const events = `${prefix}_events`;
  const keys = `${prefix}_keys`;
  return {
    name: keysBy === null ? 'months + plain keys' : 'months + hashed keys',
    tables: [events, keys],
    create: [
      `create table ${events} (like usage_events including defaults including constraints) partition by range (ts)`,
      ...months.map(
        (month) => `create table ${monthTable(events, month)} partition of ${events}
          for values from ('${month}-01Z') to (timestamptz '${month}-01Z' + interval '1 month')`,
      ),
      `create index on ${events} (project_id, session_id, ts)`,
      `create index on ${events} (project_id, ts)`,
      `create index on ${events} (project_id, flush_id)`,
      // The time, because an event found by its id alone would otherwise be looked for in every month.
      `create table ${keys} (project_id int not null, id uuid not null, ts timestamptz not null,
        primary key (project_id, id)) ${keysBy ?? ''}`,
      ...(keysBy === null ? [] : hashTables(keys)),
    ],
    insert: `with given as materialized (${given}),
      fresh as (insert into ${keys} (project_id, id, ts) select project_id, id, ts from given
        on conflict (project_id, id) do nothing returning id),
      ins as (insert into ${events} (project_id, flush_id, ${names}) select project_id, flush_id, ${names} from given
        where id in (select id from fresh) returning 1)
      select count(*)::int as accepted from ins`,
    fill: (rows) => `with given as (${rows}),
      known as (insert into ${keys} (project_id, id, ts) select project_id, id, ts from given)
      insert into ${events} (project_id, flush_id, ${names}) select project_id, flush_id, ${names} from given`,
    dropMonth: (month) => [
      `drop table ${monthTable(events, month)}`,
      `delete from ${keys} where project_id = 1 and ts >= '${month}-01Z' and ts < timestamptz '${month}-01Z' + interval '1 month'`,
      `vacuum ${keys}`,
    ],
  };
}

function monthTable(events: string, month: string): string {
  return `${events}_${month.replace('-', '')}`;
}

function hashTables(keys: string): string[] {
  return Array.from(
    { length: hashParts },
    (_, part) =>
      `create table ${keys}_${part} partition of ${keys} for values with (modulus ${hashParts}, remainder ${part})`,
  );
}

export const designs = [
  plain,
  partitioned('hashed', 'partition by hash (id)'),
  partitioned('keyed', null),
] as const;
