import { AppError, type ErrorCode } from '#lib/errors.ts';

export type Problem = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON document, as RFC 9457 has it. */
  readonly body: string;
};

type Answer = {
  readonly status: number;
  readonly title: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A sender that is told to come back must be told when; OTLP senders obey it. */
const retrySoon = { 'retry-after': '1' } as const;

/** The one place where a code gets its HTTP status. A fault of the database is 503: OTLP senders drop on 500. */
const answers = {
  bad_request: { status: 400, title: 'The request cannot be understood' },
  invalid_json: { status: 400, title: 'The body is not JSON' },
  invalid_utf8: { status: 400, title: 'The body is not UTF-8' },
  too_deep: { status: 400, title: 'The JSON is nested too deeply' },
  too_complex: { status: 400, title: 'The JSON has too many parts' },
  duplicate_key: { status: 400, title: 'A member is named twice' },
  empty_batch: { status: 400, title: 'There is no event in the body' },
  invalid_items: { status: 422, title: 'No event of the batch is valid' },
  invalid_query: { status: 400, title: 'The query is not valid' },
  unauthenticated: { status: 401, title: 'A key is needed', headers: { 'www-authenticate': 'Bearer' } },
  forbidden: { status: 403, title: 'The key does not allow this' },
  cross_site: { status: 403, title: 'Requests from other sites are refused' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  budget_exceeded: { status: 402, title: 'A budget has no room for this' },
  budget_unavailable: { status: 503, title: 'The budgets cannot be asked', headers: retrySoon },
  conflict: { status: 409, title: 'This contradicts what is stored' },
  body_too_large: { status: 413, title: 'The body is too large' },
  too_many_events: { status: 413, title: 'Too many events in one request' },
  unsupported_media_type: { status: 415, title: 'The content type is not supported' },
  unsupported_encoding: {
    status: 415,
    title: 'The content encoding is not supported',
    headers: { 'accept-encoding': 'gzip, identity' },
  },
  wrong_host: { status: 421, title: 'This server does not answer for that host' },
  rate_limited: { status: 429, title: 'Too many requests', headers: retrySoon },
  overloaded: { status: 429, title: 'The server is at capacity', headers: retrySoon },
  database_unavailable: { status: 503, title: 'The database is away', headers: retrySoon },
  not_ready: { status: 503, title: 'The server is starting', headers: retrySoon },
  internal: { status: 500, title: 'The server failed' },
} as const satisfies Record<ErrorCode, Answer>;

const oneLineOutside = 'The cause is in the log of the server.';

/**
 * The answer for whatever was thrown: `application/problem+json` with `type`, `title`, `status`, `code`,
 * `detail` and the error's details. 429 and 503 always carry `Retry-After` in whole seconds (1 unless the error
 * says more). Anything but an `AppError` is `internal`, without a word of its message or stack.
 */
export function problemOf(error: unknown): Problem {
  const code = error instanceof AppError ? error.code : 'internal';
  const answer: Answer = answers[code];
  const document = {
    ...(error instanceof AppError ? error.details : {}),
    type: `urn:plimsoll:problem:${code}`,
    title: answer.title,
    status: answer.status,
    code,
    detail: error instanceof AppError && code !== 'internal' ? error.message : oneLineOutside,
  };
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...answer.headers,
    ...retryAfter(error),
    ...(error instanceof AppError && error.allow !== undefined && { allow: error.allow }),
  };
  return { status: answer.status, headers, body: JSON.stringify(document, bigintAsText) };
}

function retryAfter(error: unknown): Record<string, string> {
  if (!(error instanceof AppError) || error.retryAfterSeconds === undefined) return {};
  return { 'retry-after': String(Math.max(1, Math.ceil(error.retryAfterSeconds))) };
}

function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
