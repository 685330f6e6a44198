import type { Database } from '../database.ts';

/** What a clearing would hide, as one snapshot has it. */
export type ClearMeasure = {
  readonly sessionKey: number;
  readonly clearedThroughSeq: number;
  readonly epoch: number;
  /** The last message in the scope; what came after the snapshot is beyond it. */
  readonly throughSeq: number;
  readonly messages: number;
  readonly bytes: number;
  /** Changes with whatever changes the counts, but not with appends: see clear-session.ts. */
  readonly guard: number;
};

export type ClearScope =
  | { readonly kind: 'all' }
  /** Everything before this message. */
  | { readonly kind: 'beforeSeq'; readonly seq: number }
  /** Everything before the first message of this time or later: what was sent out of order stays. */
  | { readonly kind: 'beforeTime'; readonly time: Date };

const statement = `
with s as materialized (
  select id, last_seq, cleared_through_seq, epoch, messages, bytes from sessions
  where project_id = $1::int and external_id = $2::text
), t as materialized (
  select s.*, case
    when $3::int8 is not null then least($3::int8 - 1, s.last_seq)
    when $4::text is not null then coalesce((
      select m.seq - 1 from messages m
      where m.project_id = $1::int and m.session_id = s.id and m.seq > s.cleared_through_seq
        and m.ts >= $4::text::timestamptz
      order by m.seq limit 1), s.last_seq)
    else s.last_seq end as through_seq
  from s
)
select t.id::text, t.cleared_through_seq::text, t.epoch, t.through_seq::text, (t.messages - t.last_seq)::text as guard,
  coalesce(c.messages, t.messages)::text as messages, coalesce(c.bytes, t.bytes)::text as bytes
from t left join lateral (
  select count(*) as messages, coalesce(sum(m.bytes), 0) as bytes from messages m
  where m.project_id = $1::int and m.session_id = t.id and m.seq > t.cleared_through_seq
    and m.seq <= t.through_seq and m.cleared_at is null
) c on t.through_seq < t.last_seq`;

/** Counts outside any lock what a clearing of this scope would hide; null where there is no such session. */
export async function measureClear(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly scope: ClearScope },
): Promise<ClearMeasure | null> {
  const { scope } = input;
  const [row] = await db.run(
    statement,
    [
      input.projectId,
      input.id,
      scope.kind === 'beforeSeq' ? scope.seq : null,
      scope.kind === 'beforeTime' ? scope.time.toISOString() : null,
    ],
    { deadlineMs: 60_000 },
  );
  if (!row) return null;
  return {
    sessionKey: Number(row['id']),
    clearedThroughSeq: Number(row['cleared_through_seq']),
    epoch: Number(row['epoch']),
    throughSeq: Number(row['through_seq']),
    messages: Number(row['messages']),
    bytes: Number(row['bytes']),
    guard: Number(row['guard']),
  };
}
