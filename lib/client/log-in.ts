import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

export type Credential = { readonly token: string } | { readonly password: string };

/** Trades a one-time token or the password for the session cookie. */
export function logIn(credential: Credential): Promise<undefined> {
  return fetchJson({ path: '/api/login', method: 'POST', body: credential, schema: shape.nothing });
}
