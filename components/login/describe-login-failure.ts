import { RequestError } from '#lib/client/request-error.ts';

type LoginFailure = { readonly error: Error; readonly by: 'link' | 'password' };

/** Why signing in did not work, and what to do. The server says only "no", so that nothing can be guessed. */
export function describeLoginFailure({ error, by }: LoginFailure): string {
  if (!(error instanceof RequestError)) return error.message;
  if (error.code === 'rate_limited') return `Too many attempts. ${error.message}`;
  if (error.code !== 'unauthenticated') return error.message;
  return by === 'link'
    ? 'This link has been used or is too old. Run npm run login for a new one.'
    : 'That is not the password.';
}
