import type { Database } from '../database.ts';

export type SessionFilter = {
  readonly agent: string | null;
  /** Part of the session's id. */
  readonly query: string | null;
  readonly ids: readonly string[] | null;
  readonly inactiveSince: Date | null;
  readonly bytesMin: number | null;
};

export type ClearableSession = { readonly id: string; readonly messages: number; readonly bytes: number };

const statement = `
select s.external_id as id, s.messages::text, s.bytes::text from sessions s
where s.project_id = $1::int and s.last_seq > s.cleared_through_seq
  and ($2::text is null or s.agent_id = (select id from agents where project_id = $1::int and name = $2::text))
  and ($3::text is null or s.external_id ilike $3::text)
  and ($4::text is null or s.external_id in (select value from json_array_elements_text($4::text::json)))
  and ($5::text is null or s.last_activity < $5::text::timestamptz)
  and ($6::int8 is null or s.bytes >= $6::int8)
order by s.bytes desc, s.id desc limit $7::int`;

/** Sessions with something to clear that fit every part of the filter, the largest first. */
export async function listClearableSessions(
  db: Database,
  input: { readonly projectId: number; readonly filter: SessionFilter; readonly limit: number },
): Promise<readonly ClearableSession[]> {
  const { filter } = input;
  const rows = await db.run(
    statement,
    [
      input.projectId,
      filter.agent,
      filter.query === null ? null : `%${filter.query.replaceAll(/[\\%_]/g, '\\$&')}%`,
      filter.ids === null ? null : JSON.stringify(filter.ids),
      filter.inactiveSince?.toISOString() ?? null,
      filter.bytesMin,
      input.limit,
    ],
    { deadlineMs: 30_000 },
  );
  return rows.map((row) => ({
    id: String(row['id']),
    messages: Number(row['messages']),
    bytes: Number(row['bytes']),
  }));
}
