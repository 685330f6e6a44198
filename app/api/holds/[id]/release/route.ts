import { holdPath } from '#lib/http/contract/hold-answer.ts';
import { releaseHold } from '#lib/server/holds/end-hold.ts';
import { holdDesk } from '#lib/server/holds/hold-desk.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'holds', params: holdPath }, ({ principal, params: { id } }) =>
  releaseHold(holdDesk(), { projectId: principal.projectId, id }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
