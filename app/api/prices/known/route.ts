import { knownPricesQuery } from '#lib/http/contract/price-body.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readKnownPrices } from '#lib/server/pricing/read-known-prices.ts';

export const GET = jsonRoute({ scope: 'read', query: knownPricesQuery }, async ({ query }) =>
  readKnownPrices({ text: query.q ?? '', limit: query.limit, nowMs: Date.now() }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
