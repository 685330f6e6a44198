import { authService } from '#lib/server/auth/auth-service.ts';
import { makeKey } from '#lib/server/auth/make-key.ts';
import { readKeys } from '#lib/server/auth/read-keys.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { newKey } from '#lib/settings/new-key.ts';

export const GET = jsonRoute({ scope: 'admin' }, async ({ db, principal }) => ({
  keys: await readKeys(db, principal.projectId),
}));

export const POST = jsonRoute({ scope: 'admin', body: newKey }, async ({ principal, body }) =>
  Response.json(await makeKey(authService(), principal, body), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
