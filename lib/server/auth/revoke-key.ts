import 'server-only';
import { revokeApiKey } from '#db/queries/revoke-api-key.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from './audit-note.ts';
import type { AuthService } from './auth-service.ts';
import { actorOf, type Principal } from './principal.ts';

/**
 * Ends a key: at once in this process, within five seconds in others.
 * @throws AppError `not_found`
 */
export async function revokeKey(service: AuthService, by: Principal, id: string): Promise<void> {
  const note = auditNote({ actor: actorOf(by), action: 'key_revoked', details: { id } });
  const hash = await revokeApiKey(service.db, { projectId: by.projectId, id }, note);
  if (hash === null) throw new AppError('not_found', 'There is no such key.');
  service.keys.forget(hash);
}
