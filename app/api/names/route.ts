import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readNames } from '#lib/server/names/read-names.ts';

export const GET = jsonRoute({ scope: 'read' }, ({ db, principal }) => readNames(db, principal.projectId));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
