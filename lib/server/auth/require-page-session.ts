import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { findPrincipal } from './find-principal.ts';
import type { Principal } from './principal.ts';

/**
 * The signed-in browser, for server components; anybody else is sent to the login page. Keys are for the
 * API and open no page.
 * @throws AppError `database_unavailable`
 */
export async function requirePageSession(): Promise<Principal> {
  const cookie = (await headers()).get('cookie');
  const principal = await findPrincipal({ authorization: null, apiKey: null, cookie });
  if (principal === null) redirect('/login');
  return principal;
}
