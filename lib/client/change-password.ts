import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** Sets the sign-in password; the present one is asked for when there is one. */
export function changePassword(body: {
  readonly password: string;
  readonly currentPassword?: string;
}): Promise<undefined> {
  return fetchJson({ path: '/api/settings/password', method: 'PUT', body, schema: shape.nothing });
}
