import 'server-only';

/**
 * The address of the connection's other end, for counting tries. Next writes it into this header when it is
 * absent, and the front door drops what a client sent under that name.
 */
export function clientAddress(request: Request): string {
  return request.headers.get('x-forwarded-for')?.slice(0, 64) ?? 'unknown';
}
