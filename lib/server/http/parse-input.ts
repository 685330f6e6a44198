import 'server-only';
import type { z } from 'zod';
import { AppError, type ErrorCode } from '#lib/errors.ts';

const faultsMax = 20;

/** @throws AppError `invalid_query` that names each wrong parameter */
export function parseQuery<S extends z.ZodType>(schema: S, search: URLSearchParams): z.output<S> {
  const given: Record<string, string> = {};
  for (const [name, value] of search) {
    if (Object.hasOwn(given, name)) {
      throw new AppError('invalid_query', `\`${name.slice(0, 64)}\` is given twice.`);
    }
    Object.defineProperty(given, name, { value, enumerable: true });
  }
  return parseWith(schema, given, 'invalid_query');
}

/**
 * Next has percent-decoded the parts already, once: `a%2Fb` is `a/b`, and `100%25` is `100%`.
 * @throws AppError `not_found`: nothing has such an address
 */
export function parseParams<S extends z.ZodType>(
  schema: S,
  params: Readonly<Record<string, unknown>>,
): z.output<S> {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  throw new AppError('not_found', 'There is nothing at this address.');
}

/** @throws AppError of the code, with what was expected of which field */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown, code: ErrorCode): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, faultsMax).map(({ path, message }) => ({
    path: path.map(String).join('.'),
    message,
  }));
  const lines = errors.map(({ path, message }) => (path === '' ? message : `\`${path}\`: ${message}`));
  throw new AppError(code, `${lines.join('. ')}.`, { details: { errors } });
}
