import 'server-only';
import { closeLoginSession } from '#db/queries/close-login-session.ts';
import { auditNote } from './audit-note.ts';
import type { AuthService } from './auth-service.ts';
import { actorOf, type Principal } from './principal.ts';

/** Signs a browser out: its cookie is worth nothing from now on, also where it was copied to. */
export async function logOut(service: AuthService, principal: Principal): Promise<void> {
  if (principal.kind !== 'browser') return;
  const note = auditNote({ actor: actorOf(principal), action: 'logout', details: {} });
  await closeLoginSession(
    service.db,
    { projectId: principal.homeProjectId, hash: principal.sessionHash },
    note,
  );
}
