import { authService } from '#lib/server/auth/auth-service.ts';
import { changePassword } from '#lib/server/auth/change-password.ts';
import { clientAddress } from '#lib/server/http/client-address.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { newPassword } from '#lib/settings/new-password.ts';

export const PUT = jsonRoute({ scope: 'admin', body: newPassword }, async ({ principal, body, request }) => {
  await changePassword(authService(), principal, {
    password: body.password,
    currentPassword: body.currentPassword ?? null,
    client: clientAddress(request),
  });
  return new Response(null, { status: 204 });
});

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');
