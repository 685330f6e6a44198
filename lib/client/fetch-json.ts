import * as z from 'zod/mini';
import { RequestError } from './request-error.ts';

const timeoutMs = 30_000;
const problem = z.object({
  code: z.string(),
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
});

type JsonRequest<Schema extends z.ZodMiniType> = {
  readonly path: string;
  /** What a good answer looks like; members it does not name are dropped. */
  readonly schema: Schema;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** For tests; default the browser's. */
  readonly fetch?: typeof globalThis.fetch;
};

/**
 * Asks our own API and parses the answer. Credentials go to the same origin only; the deadline is 30 seconds.
 * An answer without a body (204) is parsed as `undefined`.
 * @throws RequestError with the problem's code and detail; the caller's own abort is passed on as it is.
 */
export async function fetchJson<Schema extends z.ZodMiniType>(
  request: JsonRequest<Schema>,
): Promise<z.infer<Schema>> {
  const response = await send(request);
  const text = await response.text();
  if (!response.ok) throw toRequestError(response.status, text);
  const result = request.schema.safeParse(text === '' ? undefined : parseJsonText(text, response.status));
  if (result.success) return result.data;
  throw new RequestError({
    code: 'unreadable',
    status: response.status,
    detail: 'The answer was not in the expected form. Reload the page; the app may just have been updated.',
    cause: result.error,
  });
}

async function send<Schema extends z.ZodMiniType>(request: JsonRequest<Schema>): Promise<Response> {
  const { path, method = 'GET', body, signal, fetch = globalThis.fetch } = request;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new RequestError({
      code: 'unreachable',
      status: null,
      detail: deadline.aborted
        ? 'The server did not answer within 30 seconds.'
        : 'The server cannot be reached. Is it running?',
      cause,
    });
  }
}

function toRequestError(status: number, text: string): RequestError {
  const result = problem.safeParse(parseProblemText(text));
  if (!result.success) {
    return new RequestError({
      code: 'internal',
      status,
      detail: `The server answered with status ${status}.`,
    });
  }
  const { code, detail, title } = result.data;
  return new RequestError({ code, status, detail: detail ?? title ?? `The server answered ${status}.` });
}

function parseProblemText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A failure's body may be a proxy's HTML page; the status is then all there is to say.
    return undefined;
  }
}

function parseJsonText(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = 'The answer was not JSON. Is a proxy in between?';
    throw new RequestError({ code: 'unreadable', status, detail, cause });
  }
}
