import { slowOperationMs } from '#lib/operations/slow-operation.ts';
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

/**
 * From the partial index alone, which names its limit as a constant; then the rows of the few that are shown.
 */
const statement = `
select o.ts, a.name as agent, s.external_id as session, o.kind, o.name, o.duration_ms, o.status
from (
  select id from operations
  where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz
    and duration_ms > ${slowOperationMs}
  order by duration_ms desc, ts desc, id limit $4::int
) slowest
join operations o on o.project_id = $1::int and o.id = slowest.id
join agents a on a.project_id = $1::int and a.id = o.agent_id
left join sessions s on s.project_id = $1::int and s.id = o.session_id
order by o.duration_ms desc, o.ts desc, o.id`;

/** The slowest operations of a time range that took longer than `slowOperationMs`. */
export async function listSlowOperations(
  db: Database,
  input: {
    readonly projectId: number;
    readonly from: Date;
    readonly to: Date;
    readonly limit: number;
  },
): Promise<readonly SlowOperationRow[]> {
  const { projectId, from, to, limit } = input;
  const rows = await db.run(statement, [projectId, from.toISOString(), to.toISOString(), limit]);
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
