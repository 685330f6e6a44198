import 'server-only';
import type { Database } from '#db/database.ts';
import { insertApiKey } from '#db/queries/insert-api-key.ts';
import { env } from '#lib/env.ts';
import { auditNote } from './audit-note.ts';
import { defaultProjectId } from './auth-service.ts';
import { hashToken } from './hash-token.ts';
import { keyPrefix } from './make-key.ts';

const name = 'Local key (printed at start)';
const scopes = ['ingest', 'read'] as const;

/**
 * Registers the key of the printed curl line. Its id comes from the key, so that it is there once however
 * often and by however many processes it is registered, and stays revoked when somebody revoked it.
 */
export async function ensureLocalKey(
  db: Database,
  key: string | undefined = env().PLIMSOLL_LOCAL_KEY,
): Promise<void> {
  if (key === undefined) return;
  const hash = hashToken(key);
  const note = auditNote({ actor: 'start', action: 'key_made', details: { name, scopes } });
  const id = uuidOf(hashToken(`id of ${hash}`));
  await insertApiKey(
    db,
    { projectId: defaultProjectId, id, name, prefix: keyPrefix(key), hash, scopes },
    note,
  );
}

/** Version 8 of RFC 9562: 122 bits of our own making. */
function uuidOf(hex: string): string {
  const [a, b, c, d, e] = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(13, 16),
    hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-a${d}-${e}`;
}
