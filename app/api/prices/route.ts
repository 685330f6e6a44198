import { priceBody } from '#lib/http/contract/price-body.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { announcePrices } from '#lib/server/pricing/announce-prices.ts';
import { addPrice } from '#lib/server/pricing/change-prices.ts';
import { readPrices } from '#lib/server/pricing/read-prices.ts';

export const GET = jsonRoute({ scope: 'read' }, ({ db, principal: { projectId } }) =>
  readPrices(db, { projectId, nowMs: Date.now() }),
);

export const POST = jsonRoute({ scope: 'admin', body: priceBody }, async ({ db, principal, body }) => {
  const added = await addPrice(db, principal, body);
  announcePrices(principal.projectId);
  return Response.json(added, { status: 201 });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
