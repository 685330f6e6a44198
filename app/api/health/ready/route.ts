import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readHealth } from '#lib/server/read-health.ts';

/** 200 when the database answers and migrations are applied, else 503. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  if (health.status === 'ready') return Response.json(health, { headers: { 'Cache-Control': 'no-store' } });
  const code = health.status === 'starting' ? 'not_ready' : 'database_unavailable';
  const { status, headers, body } = problemOf(new AppError(code, health.detail));
  return new Response(body, { status, headers });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
