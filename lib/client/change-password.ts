import { fetchJson } from './fetch-json.ts';
import { nothing } from './nothing.ts';

/** Sets the sign-in password; the present one is asked for when there is one. */
export function changePassword(body: {
  readonly password: string;
  readonly currentPassword?: string;
}): Promise<undefined> {
  return fetchJson({ path: '/api/settings/password', method: 'PUT', body, schema: nothing });
}
