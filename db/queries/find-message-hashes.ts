import { numbersLiteral, plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

const statement = `
select m.session_id::text, m.id::text, m.content_hash::text
from unnest($2::text::int8[], $3::text::uuid[]) w (session_id, id)
join messages m on m.project_id = $1::int and m.session_id = w.session_id and m.id = w.id`;

/** Hashes of the contents as they were sent, also of cleared messages. */
export async function findMessageHashes(
  db: Database,
  input: {
    readonly projectId: number;
    readonly messages: readonly { readonly sessionId: number; readonly key: string }[];
  },
): Promise<readonly { readonly sessionId: number; readonly key: string; readonly contentHash: string }[]> {
  const rows = await db.run<{ session_id: string; id: string; content_hash: string }>(statement, [
    input.projectId,
    numbersLiteral(input.messages.map(({ sessionId }) => sessionId)),
    plainLiteral(input.messages.map(({ key }) => key)),
  ]);
  return rows.map((row) => ({
    sessionId: Number(row.session_id),
    key: row.id,
    contentHash: row.content_hash,
  }));
}
