import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';

/** /api, and everything under it that no other route takes, whatever the method. */
function refuse(): Response {
  const { status, headers, body } = problemOf(
    new AppError('not_found', 'There is nothing at this address. See /api/openapi.json.'),
  );
  return new Response(body, { status, headers });
}

export { refuse as DELETE, refuse as GET, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };
