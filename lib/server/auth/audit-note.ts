import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuditNote } from '#db/queries/audit-clause.ts';

/** A row for the audit, with an id of its own. `details` never hold a secret. */
export function auditNote(note: Omit<AuditNote, 'id'>): AuditNote {
  return { id: randomUUID(), ...note };
}
