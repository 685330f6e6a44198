import { projectionQuery } from '#lib/http/contract/projection-query.ts';
import { instantMs } from '#lib/http/contract/usage-query.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { projectionWindow } from '#lib/server/projection/projection-window.ts';
import { readBudgetProjection, readProjection } from '#lib/server/projection/read-projection.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';

export const GET = jsonRoute({ scope: 'read', query: projectionQuery }, async ({ db, principal, query }) => {
  const { projectId } = principal;
  const { from, to, period = 'month', weekStart, limitUsd } = query;
  const nowMs = Date.now();
  if (query.budget !== undefined) return readBudgetProjection(db, { projectId, id: query.budget, nowMs });
  const timeZone = query.tz ?? (await readSettings(db, projectId)).timeZone;
  const span =
    from === undefined || to === undefined ? null : { fromMs: instantMs(from), toMs: instantMs(to) };
  return readProjection(db, {
    projectId,
    window: projectionWindow({ timeZone, nowMs, period, weekStart, span }),
    timeZone,
    nowMs,
    limit: limitUsd === undefined ? null : parseUsd(limitUsd),
  });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
