import { operationsQuery } from '#lib/http/contract/operations-contract.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readOperations } from '#lib/server/operations/read-operations.ts';
import { priceOverridesOf } from '#lib/server/pricing/price-overrides-of.ts';

export const GET = jsonRoute({ scope: 'read', query: operationsQuery }, async ({ db, principal, query }) => {
  const { projectId } = principal;
  const overrides = await priceOverridesOf(db, projectId);
  return readOperations(db, { projectId, days: query.days, nowMs: Date.now(), overrides });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
