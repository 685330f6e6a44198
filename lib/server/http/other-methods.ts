import 'server-only';
import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
type Refusal = () => Response;

/**
 * Handlers that answer 405 for the methods a route does not have: Next's own 405 has no problem document.
 * `export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');`
 */
export function otherMethods(...allowed: readonly Method[]): Readonly<Record<Method, Refusal>> {
  const list = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  const refuse = () => {
    const { status, headers, body } = problemOf(new AppError('method_not_allowed', `Allowed here: ${list}.`));
    return new Response(body, { status, headers: { ...headers, Allow: list } });
  };
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse };
}
