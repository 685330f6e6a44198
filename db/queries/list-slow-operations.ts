import { nameOfCode, operationKindCodes, statusCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type SlowOperationRow = {
  readonly ts: Date;
  readonly agent: string;
  readonly session: string | null;
  readonly kind: keyof typeof operationKindCodes;
  readonly name: string;
  readonly durationMs: number;
  readonly status: keyof typeof statusCodes;
};

const statement = `
select o.ts, a.name as agent, s.external_id as session, o.kind, o.name, o.duration_ms, o.status
from (
  select ts, agent_id, session_id, kind, name, duration_ms, status from operations
  where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz and duration_ms > $4::int
  order by duration_ms desc, ts desc limit $5::int
) o
join agents a on a.project_id = $1::int and a.id = o.agent_id
left join sessions s on s.project_id = $1::int and s.id = o.session_id
order by o.duration_ms desc, o.ts desc`;

/** The slowest operations of a time range that took longer than `slowerThanMs`. */
export async function listSlowOperations(
  db: Database,
  input: {
    readonly projectId: number;
    readonly from: Date;
    readonly to: Date;
    readonly slowerThanMs: number;
    readonly limit: number;
  },
): Promise<readonly SlowOperationRow[]> {
  const { projectId, from, to, slowerThanMs, limit } = input;
  const rows = await db.run(statement, [
    projectId,
    from.toISOString(),
    to.toISOString(),
    slowerThanMs,
    limit,
  ]);
  return rows.map((row) => ({
    ts: new Date(String(row['ts'])),
    agent: String(row['agent']),
    session: typeof row['session'] === 'string' ? row['session'] : null,
    kind: nameOfCode(operationKindCodes, Number(row['kind'])),
    name: String(row['name']),
    durationMs: Number(row['duration_ms']),
    status: nameOfCode(statusCodes, Number(row['status'])),
  }));
}
