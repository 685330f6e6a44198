import { holdPath } from '#lib/http/contract/hold-answer.ts';
import { readHold } from '#lib/server/holds/end-hold.ts';
import { holdDesk } from '#lib/server/holds/hold-desk.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const GET = jsonRoute({ scope: 'read', params: holdPath }, ({ principal, params: { id } }) =>
  readHold(holdDesk(), { projectId: principal.projectId, id }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
