import { pricePatch, pricePath } from '#lib/http/contract/price-body.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { announcePrices } from '#lib/server/pricing/announce-prices.ts';
import { changePrice, removePrice } from '#lib/server/pricing/change-prices.ts';

export const PATCH = jsonRoute(
  { scope: 'admin', params: pricePath, body: pricePatch },
  async ({ db, principal, params: { id }, body: patch }) => {
    const changed = await changePrice(db, principal, { id, patch });
    announcePrices(principal.projectId);
    return changed;
  },
);

export const DELETE = jsonRoute(
  { scope: 'admin', params: pricePath },
  async ({ db, principal, params: { id } }) => {
    await removePrice(db, principal, id);
    announcePrices(principal.projectId);
    return new Response(null, { status: 204 });
  },
);

export const { GET, POST, PUT, OPTIONS } = otherMethods('PATCH', 'DELETE');
