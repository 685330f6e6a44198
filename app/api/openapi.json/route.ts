import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readOpenapi } from '#lib/server/read-openapi.ts';

/** Public: it tells nothing that the source does not. */
export function GET(): Response {
  return new Response(readOpenapi(), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
