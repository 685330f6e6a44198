import { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { bodyTooLarge } from './body-too-large.ts';
import { collectRequest } from './collect-request.ts';
import { gunzipBounded } from './gunzip-bounded.ts';

export type ReadBodyOptions = {
  /** The body, or the Node request that it belongs to; see `collectRequest` for its own limit in time. */
  readonly chunks: AsyncIterable<Uint8Array> | IncomingMessage;
  /** The header's value. Only gzip (x-gzip) and identity are read; a foreign brotli stream is never touched. */
  readonly contentEncoding: string | null;
  /** The header's value; `null` for a chunked body. */
  readonly contentLength: string | null;
  /** Bytes accepted before decompression. Default 5 MiB. */
  readonly wireBytesMax?: number;
  /** Bytes accepted after decompression. Default 20 MiB. */
  readonly decodedBytesMax?: number;
  /** Ends the wait for a sender that has stopped sending. Not asked of a Node request. */
  readonly signal?: AbortSignal;
};

const mebibyte = 1_048_576;

/**
 * Reads one request body whole, counting bytes as they come, and holds at most the two limits of it.
 * @throws AppError `body_too_large`, `unsupported_encoding`, `request_timeout`, or `bad_request`
 * (cut off, longer or shorter than its Content-Length, broken gzip).
 */
export async function readBody(options: ReadBodyOptions): Promise<Buffer> {
  return takeBody(options);
}

/** The same, but what is there already comes, or is refused, without a promise. */
export function takeBody(options: ReadBodyOptions): Buffer | Promise<Buffer> {
  const { wireBytesMax = 5 * mebibyte, decodedBytesMax = 20 * mebibyte } = options;
  const isGzip = parseEncoding(options.contentEncoding) === 'gzip';
  const declared = parseLength(options.contentLength);
  const bytesMax = isGzip ? wireBytesMax : Math.min(wireBytesMax, decodedBytesMax);
  if (declared !== null && declared > bytesMax) throw bodyTooLarge(bytesMax);
  const { chunks, signal } = options;
  const finish = (wire: Buffer): Buffer | Promise<Buffer> => {
    if (declared !== null && wire.byteLength !== declared) {
      const message = `Content-Length says ${declared} bytes, but ${wire.byteLength} came.`;
      throw new AppError('bad_request', message);
    }
    return isGzip ? gunzipBounded(wire, decodedBytesMax) : wire;
  };
  const wire =
    chunks instanceof IncomingMessage
      ? collectRequest(chunks, { bytesMax, declaredBytes: declared })
      : collect(chunks, bytesMax, signal);
  return wire instanceof Promise ? wire.then(finish) : finish(wire);
}

function parseEncoding(header: string | null): 'gzip' | 'identity' {
  const name = (header ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return 'identity';
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  throw new AppError('unsupported_encoding', 'Content-Encoding must be gzip, identity or absent.');
}

function parseLength(header: string | null): number | null {
  if (header === null) return null;
  if (!/^\d{1,15}$/.test(header)) throw new AppError('bad_request', 'Content-Length must be a whole number.');
  return Number(header);
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of untilAborted(chunks, signal)) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw bodyTooLarge(bytesMax);
    parts.push(chunk);
  }
  return Buffer.concat(parts, bytes);
}

/** The same chunks, but an abort also ends a wait in which no chunk comes. */
async function* untilAborted(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const abort = rejectOnAbort(signal);
  let isDone = false;
  try {
    while (true) {
      const step = await Promise.race([iterator.next().catch(cutOff), abort.promise]);
      if (step.done === true) {
        isDone = true;
        return;
      }
      yield step.value;
    }
  } finally {
    abort.stop();
    // Not awaited: a sender that hangs would keep its iterator's `return` waiting too.
    if (!isDone) void iterator.return?.().catch(() => undefined);
  }
}

function rejectOnAbort(signal: AbortSignal | undefined): { promise: Promise<never>; stop: () => void } {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    if (signal === undefined) return;
    const onAbort = () => {
      reject(new AppError('request_timeout', 'The body did not arrive in time.', { cause: signal.reason }));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  // It may reject while nobody is racing it, between two chunks.
  promise.catch(() => undefined);
  return { promise, stop };
}

function cutOff(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  throw new AppError('bad_request', 'The body was cut off.', { cause });
}
