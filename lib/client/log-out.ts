import { fetchJson } from './fetch-json.ts';
import { nothing } from './nothing.ts';

/** Ends this browser's session. */
export function logOut(): Promise<undefined> {
  return fetchJson({ path: '/api/logout', method: 'POST', schema: nothing });
}
