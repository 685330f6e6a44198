import { takeEarlyAnswer } from './early-answers.ts';
import { RequestError } from './request-error.ts';
import * as shape from './shape.ts';

const timeoutMs = 30_000;
const problem = shape.object({
  code: shape.string,
  title: shape.optional(shape.string),
  detail: shape.optional(shape.string),
});

type JsonRequest<Value> = {
  readonly path: string;
  /** What a good answer looks like; members it does not name are dropped. */
  readonly schema: shape.Shape<Value>;
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
export async function fetchJson<Value>(request: JsonRequest<Value>): Promise<Value> {
  const response = await send(request);
  const text = await response.text();
  if (!response.ok) throw toRequestError(response.status, text);
  const body = text === '' ? undefined : parseJsonText(text, response.status);
  try {
    return request.schema(body);
  } catch (cause) {
    throw new RequestError({
      code: 'unreadable',
      status: response.status,
      detail: 'The answer was not in the expected form. Reload the page; the app may just have been updated.',
      cause,
    });
  }
}

async function send(request: JsonRequest<unknown>): Promise<Response> {
  const { path, method = 'GET', body, signal, fetch = globalThis.fetch } = request;
  const early = method === 'GET' ? await takeEarlyAnswer(path)?.catch(() => null) : null;
  if (early != null) return early;
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
  try {
    const { code, detail, title } = problem(JSON.parse(text));
    return new RequestError({ code, status, detail: detail ?? title ?? `The server answered ${status}.` });
  } catch {
    // A failure's body may be a proxy's HTML page; the status is then all there is to say.
    return new RequestError({
      code: 'internal',
      status,
      detail: `The server answered with status ${status}.`,
    });
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
