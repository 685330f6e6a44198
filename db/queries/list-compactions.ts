import { messageKindCodes, operationKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';

/** Summaries say it in the chat, operations where the agent times it; often both do. */
const statement = `
(select ts from messages where project_id = $1::int and session_id = $2::int8 and kind = ${messageKindCodes.summary}
  and $4::bool order by seq desc limit $3::int)
union all
(select ts from operations where project_id = $1::int and session_id = $2::int8
  and kind = ${operationKindCodes.compact} order by ts desc limit $3::int)`;

/** When a session's history was compacted, in no order: of each kind the last ones. */
export async function listCompactions(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly limit: number;
    /** Looking for summaries reads all messages of the session. */
    readonly hasSummaries: boolean;
  },
): Promise<readonly number[]> {
  const { projectId, sessionKey, limit, hasSummaries } = input;
  const rows = await db.run(statement, [projectId, sessionKey, limit, hasSummaries]);
  return rows.map((row) => new Date(String(row['ts'])).getTime());
}
