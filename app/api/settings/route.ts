import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readInstallation } from '#lib/server/settings/read-installation.ts';
import { updateSettings } from '#lib/server/settings/update-settings.ts';
import { settingsPatch } from '#lib/settings/project-settings.ts';

export const GET = jsonRoute({ scope: 'admin' }, ({ db, principal }) =>
  readInstallation(db, principal.projectId),
);

export const PATCH = jsonRoute({ scope: 'admin', body: settingsPatch }, async ({ db, principal, body }) => {
  await updateSettings(db, principal, body);
  return readInstallation(db, principal.projectId);
});

export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH');
