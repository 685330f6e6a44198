import { describe, expect, it } from 'vitest';
import { fetchJson } from './fetch-json.ts';
import { RequestError } from './request-error.ts';
import * as shape from './shape.ts';

const schema = shape.object({ name: shape.string });

function answering(response: () => Response, seen: RequestInit[] = []): typeof globalThis.fetch {
  return async (_input, init) => {
    seen.push(init ?? {});
    return response();
  };
}

async function failureOf(promise: Promise<unknown>): Promise<RequestError> {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof RequestError) return failure;
  throw new Error('no RequestError was thrown', { cause: failure });
}

describe('fetchJson', () => {
  it('gives the parsed answer and sends cookies to the same origin only', async () => {
    const seen: RequestInit[] = [];
    const fetch = answering(() => Response.json({ name: 'a', extra: 1 }), seen);
    expect(await fetchJson({ path: '/api/x', schema, fetch })).toEqual({ name: 'a' });
    expect(seen[0]).toMatchObject({ credentials: 'same-origin', method: 'GET' });
  });

  it('reads an answer without a body as undefined', async () => {
    const fetch = answering(() => new Response(null, { status: 204 }));
    const request = { path: '/api/x', schema: shape.nothing, method: 'DELETE', fetch } as const;
    expect(await fetchJson(request)).toBeUndefined();
  });

  it('throws the code and detail of a problem document', async () => {
    const body = { code: 'rate_limited', title: 'Too many', detail: 'Wait 30 seconds.', status: 429 };
    const failure = await failureOf(
      fetchJson({ path: '/api/x', schema, fetch: answering(() => Response.json(body, { status: 429 })) }),
    );
    expect(failure).toMatchObject({ code: 'rate_limited', status: 429, message: 'Wait 30 seconds.' });
  });

  it('names the status when a failure is not a problem document', async () => {
    const fetch = answering(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    const failure = await failureOf(fetchJson({ path: '/api/x', schema, fetch }));
    expect(failure).toMatchObject({ code: 'internal', status: 502 });
    expect(failure.message).toContain('502');
  });

  it.each([
    ['of another shape', '{"name":7}'],
    ['that is not JSON', 'hello'],
  ])('calls a good status with a body %s unreadable', async (_case, text) => {
    const failure = await failureOf(
      fetchJson({ path: '/api/x', schema, fetch: answering(() => new Response(text)) }),
    );
    expect(failure.code).toBe('unreadable');
  });

  it('calls a failed connection unreachable', async () => {
    const fetch: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    const failure = await failureOf(fetchJson({ path: '/api/x', schema, fetch }));
    expect(failure).toMatchObject({ code: 'unreachable', status: null });
  });

  it("passes the caller's own abort on, so that a left page shows no error", async () => {
    const abort = new AbortController();
    const fetch: typeof globalThis.fetch = async (_input, init) => {
      abort.abort(new DOMException('left', 'AbortError'));
      throw init?.signal?.reason;
    };
    const promise = fetchJson({ path: '/api/x', schema, fetch, signal: abort.signal });
    await expect(promise).rejects.toMatchObject({ name: 'AbortError' });
  });
});
