import type { Database } from '../database.ts';
import type { WholeMessage } from './find-message.ts';
import { messageColumns, toMessageSummary } from './list-messages.ts';

/**
 * A page ends before its bodies weigh more than the bound (its first message may, alone). Sizes are added up
 * from the rows; only the chosen ones' bodies are read.
 */
const statement = `
with s as materialized (
  select id, cleared_through_seq from sessions where project_id = $1::int and external_id = $2::text
), sized as materialized (
  select m.seq, sum(least(m.bytes, 1048576)) over (order by m.seq) as reached, row_number() over (order by m.seq) as place
  from s join messages m on m.project_id = $1::int and m.session_id = s.id
  where m.seq > s.cleared_through_seq and m.seq >= $3::int8 and m.seq <= $4::int8
    and m.seq < greatest($3::int8, s.cleared_through_seq + 1) + 500
)
select ${messageColumns}, m.body is not null as has_body, m.body
from s join messages m on m.project_id = $1::int and m.session_id = s.id
join sized z on z.seq = m.seq
where z.reached <= $5::int8 or z.place = 1
order by m.seq`;

/** Whole messages from a seq on, as many as fit; empty at the end. What was cleared meanwhile is left out. */
export async function listWholeMessages(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly fromSeq: number;
    readonly toSeq: number;
    readonly bytesMax: number;
  },
): Promise<readonly WholeMessage[]> {
  const rows = await db.run(
    statement,
    [input.projectId, input.id, input.fromSeq, input.toSeq, input.bytesMax],
    { deadlineMs: 30_000 },
  );
  return rows.map((row) => ({
    summary: toMessageSummary(row),
    encoding: Number(row['encoding']),
    body: typeof row['body'] === 'string' ? row['body'] : null,
  }));
}
