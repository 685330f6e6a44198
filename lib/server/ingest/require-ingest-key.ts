import 'server-only';
import { AppError } from '#lib/errors.ts';
import { findPrincipal } from '../auth/find-principal.ts';

/**
 * The project of the key that a request shows. A browser's cookie does not do: no page sends events.
 * @throws AppError `unauthenticated` or `forbidden`.
 */
export async function requireIngestKey(header: (name: string) => string | null): Promise<number> {
  const principal = await findPrincipal({
    authorization: header('authorization'),
    apiKey: header('x-api-key'),
    cookie: null,
  });
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
