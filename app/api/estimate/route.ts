import { newEstimate } from '#lib/budget/new-hold.ts';
import { estimateCall } from '#lib/server/holds/estimate-call.ts';
import { holdDesk } from '#lib/server/holds/hold-desk.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'holds', body: newEstimate }, ({ principal, body }) =>
  estimateCall(holdDesk(), principal.projectId, body),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
