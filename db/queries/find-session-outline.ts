import type { Database } from '../database.ts';

export type StoredOutline = {
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly bytes: number;
  readonly heavy: readonly { readonly seq: number; readonly bytes: number }[];
  readonly compactions: readonly number[];
  readonly errors: readonly number[];
};

/** Of fewer all are read: the index by size would be walked through everything that was cleared. */
const fewRows = 20_000;

/**
 * The heaviest come from their index, so that this costs the same for a million messages as for a thousand; after
 * a clearing they are looked for among the few that are left. Lateral, so that the session is a constant there and
 * an index's order ends the scan. A failed call has a time and no message; its place is found by halving, as messages
 * mostly come in order.
 */
const statement = `
with recursive s as materialized (
  select id, last_seq, epoch, cleared_through_seq, bytes from sessions
  where project_id = $1::int and external_id = $2::text
), few as materialized (
  select m.seq, m.bytes from s join messages m on m.project_id = $1::int and m.session_id = s.id
  where s.last_seq - s.cleared_through_seq <= ${fewRows} and m.seq > s.cleared_through_seq and m.cleared_at is null
), many as materialized (
  select h.seq, h.bytes from s cross join lateral (
    select m.seq, m.bytes from messages m
    where m.project_id = $1::int and m.session_id = s.id and s.last_seq - s.cleared_through_seq > ${fewRows}
      and m.seq > s.cleared_through_seq and m.cleared_at is null
    order by m.bytes desc, m.seq limit $3::int) h
), heavy as materialized (
  select seq, bytes from (select * from few union all select * from many) t order by bytes desc, seq limit $3::int
), compactions as materialized (
  select c.seq from s cross join lateral (
    select m.seq from messages m
    where m.project_id = $1::int and m.session_id = s.id and m.kind = 4 and m.seq > s.cleared_through_seq
    order by m.seq desc limit $4::int) c
), failures as materialized (
  select f.ts from s cross join lateral (
    select e.ts from usage_events e
    where e.project_id = $1::int and e.session_id = s.id and e.status = 1
    order by e.ts desc limit $4::int) f
), halving as (
  select f.ts, s.cleared_through_seq + 1 as low, s.last_seq + 1 as high from failures f, s
  union all
  select h.ts, case when m.ts < h.ts then m.seq + 1 else h.low end, case when m.ts < h.ts then h.high else m.seq end
  from halving h join s on true
  join messages m on m.project_id = $1::int and m.session_id = s.id and m.seq = (h.low + h.high) / 2
  where h.low < h.high
)
select s.last_seq::text, s.epoch, s.cleared_through_seq::text, s.bytes::text,
  (select json_agg(json_build_array(seq, bytes)) from heavy)::text as heavy,
  (select json_agg(seq order by seq) from compactions)::text as compactions,
  (select json_agg(distinct least(low, s.last_seq)) from halving where low = high and s.last_seq >= 0)::text as errors
from s`;

/** Where a session's weight, compactions and failed calls are; null where there is no such session. */
export async function findSessionOutline(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly heavyMax: number;
    readonly marksMax: number;
  },
): Promise<StoredOutline | null> {
  const [row] = await db.run(statement, [input.projectId, input.id, input.heavyMax, input.marksMax]);
  if (!row) return null;
  const heavy: readonly (readonly [number, number])[] = parse(row['heavy']);
  return {
    lastSeq: Number(row['last_seq']),
    epoch: Number(row['epoch']),
    clearedThroughSeq: Number(row['cleared_through_seq']),
    bytes: Number(row['bytes']),
    heavy: heavy.map(([seq, bytes]) => ({ seq, bytes })),
    compactions: parse(row['compactions']),
    errors: parse<number>(row['errors']).toSorted((a, b) => a - b),
  };
}

/** Only JSON that the statement above wrote comes here. */
function parse<T>(text: unknown): readonly T[] {
  return typeof text === 'string' ? JSON.parse(text) : [];
}
