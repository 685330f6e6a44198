/**
 * The one error family. A code is stable, public and documented in docs/api.md; the HTTP status of each
 * code lives in `lib/http/problem.ts` and nowhere else.
 */
export const errorCodes = [
  'bad_request',
  'invalid_json',
  'invalid_utf8',
  'too_deep',
  'too_complex',
  'duplicate_key',
  'empty_batch',
  'invalid_items',
  'invalid_query',
  'unauthenticated',
  'forbidden',
  'cross_site',
  'not_found',
  'method_not_allowed',
  'request_timeout',
  'conflict',
  'budget_exceeded',
  'budget_unavailable',
  'body_too_large',
  'too_many_events',
  'unsupported_media_type',
  'unsupported_encoding',
  'wrong_host',
  'rate_limited',
  'overloaded',
  'database_unavailable',
  'not_ready',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type AppErrorOptions = {
  readonly cause?: unknown;
  /** Seconds after which the same request may succeed; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** Of `method_not_allowed`: the methods that the address has; becomes `Allow`. */
  readonly allow?: string;
  /** Machine-readable facts added to the problem document. Never secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
};

const brand = Symbol.for('plimsoll.app-error');

/**
 * A failure that we expected and can explain to the caller. Anything else is a defect. `instanceof` goes
 * by a brand: Next compiles instrumentation and routes apart, and what one throws (the pool, a limit) the
 * other must know for what it is.
 */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.allow = options.allow;
    this.details = options.details ?? {};
  }
}
