import 'server-only';
import type { Database } from '#db/database.ts';
import { putSettings } from '#db/queries/put-settings.ts';
import type { SettingsPatch } from '#lib/settings/project-settings.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';

/** Changes the named settings, all of them or none. Jobs read them anew at each run. */
export async function updateSettings(db: Database, by: Principal, patch: SettingsPatch): Promise<void> {
  const note = auditNote({ actor: actorOf(by), action: 'settings_changed', details: patch });
  await putSettings(db, { projectId: by.projectId, values: patch }, note);
}
