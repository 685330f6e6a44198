import { overviewQuery } from '#lib/http/contract/overview-query.ts';
import { instantMs } from '#lib/http/contract/usage-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readOverview } from '#lib/server/read-overview.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';

export const GET = jsonRoute({ scope: 'read', query: overviewQuery }, async ({ db, principal, query }) => {
  const { projectId } = principal;
  const timeZone = query.tz ?? (await readSettings(db, projectId)).timeZone;
  const { range = '30d', from, to, by, bucket = null } = query;
  return readOverview(db, {
    projectId,
    timeZone,
    range: from === undefined || to === undefined ? range : { fromMs: instantMs(from), toMs: instantMs(to) },
    by,
    bucket,
    nowMs: Date.now(),
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
