import { instantMs, usageQuery } from '#lib/http/contract/usage-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readUsage } from '#lib/server/read-usage.ts';

export const GET = jsonRoute({ scope: 'read', query: usageQuery }, async ({ db, principal, query }) => ({
  rows: await readUsage(db, {
    projectId: principal.projectId,
    fromMs: instantMs(query.from),
    toMs: instantMs(query.to),
    timeZone: query.tz,
    bucket: query.bucket,
    weekStart: query.weekStart,
    groupBy: query.groupBy,
    latency: query.latency === 'true',
  }),
}));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
