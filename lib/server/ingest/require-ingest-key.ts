import 'server-only';
import { AppError } from '#lib/errors.ts';
import { findPrincipal, peekPrincipal } from '../auth/find-principal.ts';
import type { Principal } from '../auth/principal.ts';

/**
 * The project of the key that a request shows. A browser's cookie does not do: no page sends events.
 * @throws AppError `unauthenticated` or `forbidden`.
 */
export function requireIngestKey(header: (name: string) => string | null): number | Promise<number> {
  const credentials = {
    authorization: header('authorization'),
    apiKey: header('x-api-key'),
    cookie: null,
  };
  const known = peekPrincipal(credentials);
  return known ? projectOf(known) : findPrincipal(credentials).then(projectOf);
}

function projectOf(principal: Principal | null): number {
  if (principal === null) {
    throw new AppError(
      'unauthenticated',
      'Send a key: `Authorization: Bearer <key>`. Keys are made in Settings.',
    );
  }
  if (!principal.scopes.includes('ingest') && !principal.scopes.includes('admin')) {
    throw new AppError('forbidden', 'This key lacks the scope `ingest`.');
  }
  return principal.projectId;
}
