import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** Ends a key at once. Whoever uses it gets 401 from then on. */
export function revokeKey(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/keys/${encodeURIComponent(id)}`, method: 'DELETE', schema: shape.nothing });
}
