import type { Database } from '../database.ts';

const statementOf = (comparison: '<' | '>', order: 'asc' | 'desc') => `
select t.seq::text from sessions s cross join lateral (
  select m.seq from messages m
  where m.project_id = $1::int and m.session_id = s.id and m.seq ${comparison} $3::int8
    and m.seq > s.cleared_through_seq and m.role = 0 and m.kind = 0 and m.cleared_at is null
  order by m.seq ${order} limit 1
) t
where s.project_id = $1::int and s.external_id = $2::text`;

const statements = { next: statementOf('>', 'asc'), previous: statementOf('<', 'desc') } as const;

/** The nearest thing that a user said, after or before a message; null where there is none. */
export async function findTurn(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly seq: number;
    readonly direction: 'next' | 'previous';
  },
): Promise<number | null> {
  const [row] = await db.run(statements[input.direction], [input.projectId, input.id, input.seq]);
  return row ? Number(row['seq']) : null;
}
