import { plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type LoginSessionRow = {
  /** Where the session itself is kept. */
  readonly projectId: number;
  /** The project that it looks at. */
  readonly shownProjectId: number;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
};

const deadlineMs = 1_800;

const statement = `
select encode(s.hash, 'hex') as hash, s.project_id, coalesce(p.id, s.project_id) as shown_project_id, s.last_seen_at, s.expires_at
from login_sessions s left join projects p on p.id = s.shown_project_id
where s.hash in (select decode(h, 'hex') from unnest($1::text::text[]) h)`;

/** The sessions among these SHA-256 (hex), by hash, expired ones too. */
export async function findLoginSessions(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, LoginSessionRow>> {
  const rows = await db.run(statement, [plainLiteral(hashes)], { deadlineMs });
  return new Map(
    rows.map((row) => [
      String(row['hash']),
      {
        projectId: Number(row['project_id']),
        shownProjectId: Number(row['shown_project_id']),
        lastSeenAt: new Date(String(row['last_seen_at'])),
        expiresAt: new Date(String(row['expires_at'])),
      },
    ]),
  );
}
