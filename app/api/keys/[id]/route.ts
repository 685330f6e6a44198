import { z } from 'zod';
import { authService } from '#lib/server/auth/auth-service.ts';
import { revokeKey } from '#lib/server/auth/revoke-key.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

const params = z.object({ id: z.guid() });

export const DELETE = jsonRoute({ scope: 'admin', params }, async ({ principal, params: { id } }) => {
  await revokeKey(authService(), principal, id);
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
