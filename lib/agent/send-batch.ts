import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isObject, textOf } from './chat-message.ts';
import { parseRetryAfter } from './retry-delay.ts';

/** What became of a batch. */
export type SendOutcome =
  | { readonly kind: 'stored'; readonly rejected: readonly RejectedEvent[] }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number | null }
  /** A key that is not accepted, or another server: nothing is lost while somebody mends it. */
  | { readonly kind: 'misconfigured'; readonly reason: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable'; readonly reason: string };

export type RejectedEvent = { readonly id: string; readonly code: string; readonly message: string };

const gzipBytesMin = 1_024;
const compress = promisify(gzip);

/** Posts lines of JSON as one batch. Never throws. */
export async function sendBatch(input: {
  readonly fetch: typeof fetch;
  readonly url: string;
  readonly key: string;
  readonly lines: readonly string[];
  readonly signal: AbortSignal;
  readonly now: () => number;
}): Promise<SendOutcome> {
  const text = `{"events":[${input.lines.join(',')}]}`;
  try {
    const isLong = text.length >= gzipBytesMin;
    const response = await input.fetch(`${input.url}/api/ingest`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${input.key}`,
        'content-type': 'application/json',
        ...(isLong ? { 'content-encoding': 'gzip' } : {}),
      },
      // A Buffer may be a view of a larger one; fetch's types ask for bytes of their own.
      body: isLong ? new Uint8Array(await compress(text)) : text,
      signal: input.signal,
      redirect: 'manual',
    });
    return await judge(response, input.now());
  } catch (error) {
    return { kind: 'retry', reason: explainFailure(error), afterMs: null };
  }
}

async function judge(response: Response, nowMs: number): Promise<SendOutcome> {
  const { status } = response;
  const body = await readJson(response);
  if (status === 200 || status === 207 || status === 422) {
    const results = isObject(body) && Array.isArray(body['results']) ? body['results'] : [];
    // What says 200 and is no answer of ours may be a proxy's page: the events are not stored then.
    const isOurs = isObject(body) && ('accepted' in body || 'results' in body);
    if (isOurs || status === 422) return { kind: 'stored', rejected: results.flatMap(toRejected) };
    return { kind: 'misconfigured', reason: 'the answer is not that of Plimsoll' };
  }
  if (status === 413) return { kind: 'too-large' };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const afterMs = parseRetryAfter(response.headers.get('retry-after'), nowMs);
    return { kind: 'retry', reason: `status ${status}`, afterMs };
  }
  if (status === 400 || status === 415) return { kind: 'undecodable', reason: `status ${status}` };
  return { kind: 'misconfigured', reason: `status ${status}` };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // An empty or foreign body: the status decides.
    return null;
  }
}

function toRejected(result: unknown): readonly RejectedEvent[] {
  if (!isObject(result) || result['status'] !== 'rejected') return [];
  return [{ id: textOf(result['id']), code: textOf(result['code']), message: textOf(result['message']) }];
}

function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
