import 'server-only';
import type { Database } from '#db/database.ts';
import { listSettings } from '#db/queries/list-settings.ts';
import { env } from '#lib/env.ts';
import { type ProjectSettings, parseProjectSettings } from '#lib/settings/project-settings.ts';

export type Settings = ProjectSettings & { readonly passwordSet: boolean };

/** A project's settings, with PLIMSOLL_RETENTION_DAYS and UTC where none was made. */
export async function readSettings(db: Database, projectId: number): Promise<Settings> {
  const stored = await listSettings(db, projectId);
  return {
    ...parseProjectSettings(stored, { retentionDays: env().PLIMSOLL_RETENTION_DAYS, timeZone: 'UTC' }),
    passwordSet: typeof stored.get('password') === 'string',
  };
}
