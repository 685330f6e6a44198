import type { SessionCall } from '#lib/sessions/session-call.ts';
import { nameOfCode, sourceCodes, statusCodes } from '../codes.ts';
import type { Database } from '../database.ts';

/** A sub-agent has a context of its own: its calls say nothing of the session's, unless it is one as a whole. */
const statement = `
select c.*, m.provider, m.name as model from (
  select ts, model_id, source, status, error, input_tokens, cache_read_tokens, cache_write_5m_tokens,
    cache_write_1h_tokens, cost_pico_usd::text as cost
  from usage_events e
  where project_id = $1::int and session_id = $2::int8 and (source <> ${sourceCodes.subagent} or $4::bool)
  order by ts desc limit $3::int
) c join models m on m.project_id = $1::int and m.id = c.model_id order by c.ts`;

/** The last calls of a session, the oldest first. */
export async function listSessionCalls(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly limit: number;
    readonly withSubagents: boolean;
  },
): Promise<readonly SessionCall[]> {
  const { projectId, sessionKey, limit, withSubagents } = input;
  const rows = await db.run(statement, [projectId, sessionKey, limit, withSubagents]);
  return rows.map((row) => ({
    tsMs: new Date(String(row['ts'])).getTime(),
    provider: String(row['provider']),
    model: String(row['model']),
    source: nameOfCode(sourceCodes, Number(row['source'])),
    status: nameOfCode(statusCodes, Number(row['status'])),
    error: typeof row['error'] === 'string' ? row['error'] : null,
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWrite5mTokens: Number(row['cache_write_5m_tokens']),
    cacheWrite1hTokens: Number(row['cache_write_1h_tokens']),
    costPicoUsd: BigInt(String(row['cost'])),
  }));
}
