import { plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type LoginSessionRow = {
  readonly projectId: number;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
};

const deadlineMs = 1_800;

const statement = `
select encode(hash, 'hex') as hash, project_id, last_seen_at, expires_at from login_sessions
where hash in (select decode(h, 'hex') from unnest($1::text::text[]) h)`;

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
        lastSeenAt: new Date(String(row['last_seen_at'])),
        expiresAt: new Date(String(row['expires_at'])),
      },
    ]),
  );
}
