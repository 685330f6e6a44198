import { nameOfCode, statusCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type LastCall = {
  readonly ts: Date;
  readonly contextTokens: number;
  readonly status: keyof typeof statusCodes;
  readonly error: string | null;
};

const statement = `
select ts, (input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens)::text as context, status, left(error, 500) as error
from usage_events where project_id = $1::int and session_id = $2::int8 order by ts desc limit $3::int`;

/** The last calls of a session, the oldest of them first. */
export async function listLastCalls(
  db: Database,
  input: { readonly projectId: number; readonly sessionKey: number; readonly limit: number },
): Promise<readonly LastCall[]> {
  const rows = await db.run(statement, [input.projectId, input.sessionKey, input.limit]);
  return rows
    .map((row) => ({
      ts: new Date(String(row['ts'])),
      contextTokens: Number(row['context']),
      status: nameOfCode(statusCodes, Number(row['status'])),
      error: typeof row['error'] === 'string' ? row['error'] : null,
    }))
    .reverse();
}
