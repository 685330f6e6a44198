import type { Database } from '../database.ts';
import { type MessageSummary, messageColumns, toMessageSummary } from './list-messages.ts';

export type SessionLine = {
  readonly sessionKey: number;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
};

export type StoredPage = SessionLine & {
  readonly messages: readonly MessageSummary[];
  /** Time of the readable message before the first of these; null where there is none. */
  readonly previousTs: Date | null;
};

/**
 * Session line and messages in one snapshot: a page never holds what its own epoch has cleared. Lateral, so that
 * the session is a constant there and the key's order ends the scan after one page.
 */
const statement = `
with s as materialized (
  select id, last_seq, epoch, cleared_through_seq, greatest($3::int8, cleared_through_seq + 1,
    case when last_seq - $3::int8 >= $5::int8 then last_seq + 1 - $4::int8 end) as first_seq
  from sessions where project_id = $1::int and external_id = $2::text
)
select s.id::text as session_key, s.last_seq::text, s.epoch, s.cleared_through_seq::text, p.ts as previous_ts, page.*
from s
left join messages p on p.project_id = $1::int and p.session_id = s.id
  and p.seq = s.first_seq - 1 and p.seq > s.cleared_through_seq
left join lateral (
  select ${messageColumns}, m.body is not null as has_body, m.seq as place
  from messages m where m.project_id = $1::int and m.session_id = s.id
    and m.seq >= s.first_seq
  order by m.seq limit $4::int
) page on true
order by page.place`;

/**
 * One page of a session by the id that its client gave it; null where there is no such session. Where more than
 * `gapMax` messages follow the asked one, the page is the last one.
 */
export async function listMessagePage(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly fromSeq: number;
    readonly limit: number;
    readonly gapMax?: number | undefined;
  },
): Promise<StoredPage | null> {
  const { projectId, id, fromSeq, limit, gapMax = null } = input;
  const rows = await db.run(statement, [projectId, id, fromSeq, limit, gapMax]);
  const [first] = rows;
  if (!first) return null;
  return {
    sessionKey: Number(first['session_key']),
    lastSeq: Number(first['last_seq']),
    epoch: Number(first['epoch']),
    clearedThroughSeq: Number(first['cleared_through_seq']),
    previousTs: first['previous_ts'] === null ? null : new Date(String(first['previous_ts'])),
    messages: rows.filter((row) => row['seq'] !== null).map(toMessageSummary),
  };
}
