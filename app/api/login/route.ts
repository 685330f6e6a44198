import { authService, defaultProjectId } from '#lib/server/auth/auth-service.ts';
import { logIn } from '#lib/server/auth/log-in.ts';
import { formatSessionCookie } from '#lib/server/auth/session-cookie.ts';
import { clientAddress } from '#lib/server/http/client-address.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import { loginCredential } from '#lib/settings/login-credential.ts';

export const GET = jsonRoute({ scope: 'public' }, async ({ db }) => {
  const { passwordSet } = await readSettings(db, defaultProjectId);
  return { passwordSet };
});

export const POST = jsonRoute({ scope: 'public', body: loginCredential }, async ({ body, request }) => {
  const service = authService();
  const token = await logIn(service, { credential: body, client: clientAddress(request) });
  return new Response(null, { status: 204, headers: { 'Set-Cookie': formatSessionCookie(token, service) } });
});

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
