import { promisify } from 'node:util';
import { gunzip as gunzipCallback, type ZlibOptions } from 'node:zlib';
import { AppError } from '#lib/errors.ts';

/** With `info: true` zlib also hands back its engine, which Node's types do not know. */
type Inflated = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

const gunzip: (bytes: Uint8Array, options: ZlibOptions) => Promise<unknown> = promisify(gunzipCallback);

/**
 * Inflates one gzip body and never holds more than `decodedBytesMax` of it.
 * @throws AppError `body_too_large` past that; `bad_request` for a broken, cut or trailed stream.
 */
export async function gunzipBounded(bytes: Uint8Array, decodedBytesMax: number): Promise<Buffer> {
  const inflated = await gunzip(bytes, { maxOutputLength: decodedBytesMax, info: true }).catch((cause) => {
    throw toAppError(cause, decodedBytesMax);
  });
  if (!isInflated(inflated)) throw new AppError('internal', 'zlib did not say how many bytes it read.');
  // zlib ignores what follows the last member; a sender's length error must not pass for success.
  if (inflated.engine.bytesWritten !== bytes.byteLength) {
    throw new AppError('bad_request', 'The gzip body has more bytes after its end.');
  }
  return inflated.buffer;
}

function isInflated(value: unknown): value is Inflated {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'engine' in value;
}

function toAppError(cause: unknown, decodedBytesMax: number): AppError {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
    const message = `The body is more than ${decodedBytesMax} bytes after decompression. Send smaller batches.`;
    return new AppError('body_too_large', message, { details: { bytesMax: decodedBytesMax } });
  }
  return new AppError('bad_request', 'The body is not a whole gzip stream.', { cause });
}
