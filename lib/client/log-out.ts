import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** While this mutation runs nothing is read any more: it would be refused. */
export const logOutKey = ['log-out'] as const;

/** Ends this browser's session. */
export function logOut(): Promise<undefined> {
  return fetchJson({ path: '/api/logout', method: 'POST', schema: shape.nothing });
}
