import 'server-only';
import type { Database } from '#db/database.ts';
import { insertAudit } from '#db/queries/insert-audit.ts';
import { auditNote } from './audit-note.ts';
import { defaultProjectId } from './auth-service.ts';
import { ensureLoginLink } from './ensure-login-link.ts';
import { makeToken } from './hash-token.ts';

/** A new one-time link for whoever holds the console. @returns its token */
export async function makeLoginLink(db: Database, nowMs: number): Promise<string> {
  const token = makeToken();
  const note = auditNote({ actor: 'console', action: 'login_link_made', details: {} });
  await insertAudit(db, { projectId: defaultProjectId, note });
  await ensureLoginLink(db, nowMs, token);
  return token;
}
