import { newHold } from '#lib/budget/new-hold.ts';
import { holdDesk } from '#lib/server/holds/hold-desk.ts';
import { takeHold } from '#lib/server/holds/take-hold.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'holds', body: newHold }, async ({ principal, body }) =>
  Response.json(await takeHold(holdDesk(), principal.projectId, body), { status: 201 }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
