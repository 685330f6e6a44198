import { AppError } from '#lib/errors.ts';

/** Connection failures, resource exhaustion, shutdown and cancelled statements: the same request may succeed later. */
const retryableClass = /^(08|53|57|58|XX0)/;
const retryableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '40001',
  '40P01',
  '25006',
]);

/** A database fault as the caller must see it; a defect of ours (bad SQL, broken check) passes unchanged. */
export function asAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = sqlStateOf(error);
  if (code === null || !(retryableCodes.has(code) || retryableClass.test(code))) return error;
  return new AppError('database_unavailable', 'The database is not available. Nothing was lost: try again.', {
    cause: error,
    retryAfterSeconds: 1,
  });
}

/** SQLSTATE or socket error code, also where drizzle wrapped the driver's error. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlStateOf(error.cause);
}

/** Two writers stored the same thing at once. Citus reports it with another code, hence the text. */
export function isDuplicate(error: unknown): boolean {
  if (sqlStateOf(error) === '23505') return true;
  return error instanceof Error && /duplicate key value/.test(`${error.message} ${String(error.cause)}`);
}
