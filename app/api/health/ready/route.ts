import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readHealth } from '#lib/server/read-health.ts';

/** 200 when the database answers and migrations are applied, else 503. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  return Response.json(health, {
    status: health.status === 'ready' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store', ...(health.status === 'ready' ? {} : { 'Retry-After': '1' }) },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
