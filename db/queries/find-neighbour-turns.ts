import type { Database } from '../database.ts';

/** Rows looked at on each side; turns of the assistant are rarely further apart, and calls match by time. */
const reach = 50;

const statement = `
select
  (select m.ts from messages m where m.project_id = $1::int and m.session_id = $2::int8
    and m.seq < $3::int8 and m.seq >= $3::int8 - ${reach} and m.role = 1 order by m.seq desc limit 1) as before,
  (select m.ts from messages m where m.project_id = $1::int and m.session_id = $2::int8
    and m.seq > $4::int8 and m.seq <= $4::int8 + ${reach} and m.role = 1 order by m.seq limit 1) as after`;

/** When the assistant spoke last before and first after a stretch of messages. */
export async function findNeighbourTurns(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly firstSeq: number;
    readonly lastSeq: number;
  },
): Promise<{ readonly before: Date | null; readonly after: Date | null }> {
  const [row] = await db.run(statement, [input.projectId, input.sessionKey, input.firstSeq, input.lastSeq]);
  const time = (value: unknown) => (value === null || value === undefined ? null : new Date(String(value)));
  return { before: time(row?.['before']), after: time(row?.['after']) };
}
