import { contextPartNames } from '#lib/sessions/context-parts.ts';
import { messageKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { blockRows, messagePart, partNumber } from './message-part.ts';

/** A statement sums so many blocks, 32,768 messages, at most. */
export const filledBlocksMax = 128;

const columns = contextPartNames.map((name) => `${name}_tokens`).join(', ');
const sums = contextPartNames
  .map(
    (name) => `coalesce(sum(tokens) filter (where part = ${partNumber(name)} and segment = last_segment), 0)`,
  )
  .join(', ');

/** A session's last seq and its messages are of one snapshot: a block that is whole by the one is whole in the other. */
const statement = `
with grown as materialized (
  select s.id, (s.last_seq + 1) / ${blockRows} as blocks, coalesce((
    select max(block) + 1 from message_blocks b where b.project_id = $1::int and b.session_id = s.id), 0) as next
  from sessions s where s.project_id = $1::int and s.last_seq >= 8191
), due as materialized (
  select id, block from grown cross join lateral generate_series(next, least(blocks, next + ${filledBlocksMax}) - 1) block
  order by id, block limit ${filledBlocksMax}
), filled as (
  insert into message_blocks (project_id, session_id, block, last_ts, compactions, ${columns})
  select $1::int, d.id, d.block, b.* from due d cross join lateral (
    select max(ts), max(segment), ${sums} from (
      select *, max(segment) over () as last_segment from (
        select ts, tokens, ${messagePart} as part,
          count(*) filter (where kind = ${messageKindCodes.summary}) over (order by seq) as segment
        from messages m where m.project_id = $1::int and m.session_id = d.id
          and m.seq >= d.block * ${blockRows} and m.seq < (d.block + 1) * ${blockRows}
      ) told
    ) marked
  ) b
  on conflict do nothing
)
select count(*)::int as due from due`;

/** Sums what long sessions have grown by. @returns how many blocks were due; call again while it is `filledBlocksMax`. */
export async function fillMessageBlocks(db: Database, projectId: number): Promise<number> {
  const [row] = await db.run<{ due: number }>(statement, [projectId], { deadlineMs: 30_000 });
  return row?.due ?? 0;
}
