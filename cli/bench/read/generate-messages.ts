import type { BenchSql } from '../bench-sql.ts';

/** The long session; its number is beyond those of `generateLedger`. */
export const longSession = { key: 1_000_000_000, id: 'a-very-long-session' } as const;

const stepRows = 200_000;

/** One session with so many messages of 100 bytes to 2 KB, one in ten with a body beside its preview. */
export async function generateMessages(
  sql: BenchSql,
  options: { readonly messages: number; readonly endMs: number },
): Promise<void> {
  const { messages, endMs } = options;
  await sql.unsafe(`insert into sessions (project_id, id, external_id, agent_id, messages, bytes,
      message_tokens, largest_message_bytes, first_activity, last_activity, last_seq)
    values (1, ${longSession.key}, '${longSession.id}', 1, ${messages}, ${messages}::int8 * 700, ${messages}::int8 * 180,
      9000, to_timestamp(${endMs / 1_000}) - interval '20 days', to_timestamp(${endMs / 1_000}), ${messages - 1})`);
  for (let from = 0; from < messages; from += stepRows) {
    const to = Math.min(messages, from + stepRows);
    await sql.unsafe(`insert into messages (project_id, session_id, seq, id, ts, bytes, tokens, role, kind,
        tokens_estimated, content_hash, preview, body)
      select 1, ${longSession.key}, n, md5('message' || n)::uuid,
        to_timestamp(${endMs / 1_000}) - (${messages} - n) * interval '20 days' / ${messages},
        case when n % 10 = 0 then 9000 else length(text) end, 1 + length(text) / 4, (n % 2)::int2, 0,
        true, md5('content' || n)::uuid, text, case when n % 10 = 0 then repeat(text, 4) end
      from (select n, repeat(md5(n::text) || ' ', 3 + (abs(hashint8(n)) % 57)) as text
        from generate_series(${from}::int8, ${to - 1}::int8) n) m`);
  }
  await sql.unsafe('vacuum (analyze) messages');
}
