import 'server-only';
import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
type Answer = () => Response;

/**
 * Handlers for the methods a route does not have: 405 with a problem document, which Next's own lacks, and
 * OPTIONS with the ones it does have, where Next would name these handlers too.
 * `export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');`
 */
export function otherMethods(...offered: readonly Method[]): Readonly<Record<Method | 'OPTIONS', Answer>> {
  const names = offered.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...names, 'OPTIONS'].join(', ');
  const refuse = () => {
    const error = new AppError('method_not_allowed', `Allowed here: ${allow}.`, { allow });
    const { status, headers, body } = problemOf(error);
    return new Response(body, { status, headers });
  };
  const tell = () => new Response(null, { status: 204, headers: { Allow: allow } });
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: tell };
}
