import { repriceBody } from '#lib/http/contract/price-body.ts';
import { instantMs } from '#lib/http/contract/usage-query.ts';
import { actorOf } from '#lib/server/auth/principal.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { announcePrices } from '#lib/server/pricing/announce-prices.ts';
import { repriceUsage } from '#lib/server/pricing/reprice-usage.ts';

export const POST = jsonRoute({ scope: 'admin', body: repriceBody }, async ({ db, principal, body }) => {
  const { from, to, ...choice } = body;
  const repricing = await repriceUsage(db, {
    ...choice,
    projectId: principal.projectId,
    fromMs: from === null ? null : instantMs(from),
    toMs: to === null ? null : instantMs(to),
    actor: actorOf(principal),
  });
  if (!repricing.dryRun && repricing.changed > 0) announcePrices(principal.projectId);
  return repricing;
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
