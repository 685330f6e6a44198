import type { KeyScope } from '#lib/settings/key-scope.ts';
import { type NewApiKey, newApiKey } from './api-key.ts';
import { fetchJson } from './fetch-json.ts';

/** Makes a key. The answer is the only time its secret is seen. */
export function createKey(body: {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
}): Promise<NewApiKey> {
  return fetchJson({ path: '/api/keys', method: 'POST', body, schema: newApiKey });
}
