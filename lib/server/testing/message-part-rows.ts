import { plainLiteral } from '#db/array-literal.ts';
import { messageKindCodes, roleCodes } from '#db/codes.ts';
import type { Database } from '#db/database.ts';
import { type ContextPart, contextPartNames } from '#lib/sessions/context-parts.ts';
import type { MessageSum } from '#lib/sessions/messages-before.ts';

const part = (name: ContextPart) => contextPartNames.indexOf(name);

/**
 * `width_bucket` counts the instants that are not after a message: its own number of the next point. The instants
 * are read by a query of their own, once; as an expression they would be read again for each message.
 */
const statement = `
select width_bucket(ts, (select $3::text::timestamptz[])) as point, segment::int, part, sum(tokens)::text as tokens from (
  select ts, tokens, count(*) filter (where kind = ${messageKindCodes.summary}) over (order by seq) as segment,
    case when kind = ${messageKindCodes.summary} or role = ${roleCodes.system} then ${part('system')}
      when kind = ${messageKindCodes.tool_result} or role = ${roleCodes.tool} then ${part('tool')}
      when role = ${roleCodes.user} then ${part('user')} else ${part('assistant')} end as part
  from messages where project_id = $1::int and session_id = $2::int8
) m group by 1, 2, 3 order by 1, 2`;

/** What `listMessageSums` answers, added up from all messages. A session's messages, cleared ones too, by the calls that they come before (`pointsMs` ascending) and by part. */
export async function sumMessageRows(
  db: Database,
  input: { readonly projectId: number; readonly sessionKey: number; readonly pointsMs: readonly number[] },
): Promise<readonly MessageSum[]> {
  const points = plainLiteral(input.pointsMs.map((ms) => new Date(ms).toISOString()));
  const rows = await db.run(statement, [input.projectId, input.sessionKey, points]);
  return rows.map((row) => ({
    point: Number(row['point']),
    segment: Number(row['segment']),
    part: contextPartNames[Number(row['part'])] ?? 'system',
    tokens: Number(row['tokens']),
  }));
}
