import 'server-only';
import type { Database } from '#db/database.ts';
import { listSettings } from '#db/queries/list-settings.ts';
import { env } from '#lib/env.ts';
import { type ProjectSettings, parseProjectSettings } from '#lib/settings/project-settings.ts';
import { defaultProjectId } from '../auth/auth-service.ts';
import { findPasswordHash } from '../auth/find-password-hash.ts';

export type Settings = ProjectSettings & { readonly passwordSet: boolean };

/**
 * A project's settings, with PLIMSOLL_RETENTION_DAYS and UTC where none was made. The password is that of the
 * installation: signing in is to the first project.
 */
export async function readSettings(db: Database, projectId: number): Promise<Settings> {
  const stored = await listSettings(db, projectId);
  const passwordHash =
    projectId === defaultProjectId ? stored.get('password') : await findPasswordHash(db, defaultProjectId);
  return {
    ...parseProjectSettings(stored, {
      retentionDays: env().PLIMSOLL_RETENTION_DAYS,
      timeZone: 'UTC',
      holdBasis: 'upper',
      holdCapUsd: null,
    }),
    passwordSet: typeof passwordHash === 'string',
  };
}
