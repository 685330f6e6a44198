import { authService } from '#lib/server/auth/auth-service.ts';
import { logOut } from '#lib/server/auth/log-out.ts';
import { formatEndedCookie } from '#lib/server/auth/session-cookie.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

/** Public, because a browser whose session has ended meanwhile is signed out already. */
export const POST = jsonRoute({ scope: 'public' }, async ({ principal }) => {
  const service = authService();
  if (principal !== null) await logOut(service, principal);
  return new Response(null, { status: 204, headers: { 'Set-Cookie': formatEndedCookie(service) } });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
