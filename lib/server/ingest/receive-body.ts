import 'server-only';
import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { takeBody } from '#lib/http/read-body.ts';
import type { IngestService } from './ingest-service.ts';

export type BodyRequest = {
  readonly contentEncoding: string | null;
  readonly contentLength: string | null;
  readonly chunks: AsyncIterable<Uint8Array> | IncomingMessage;
  readonly signal?: AbortSignal;
};

const wireBytesMax = 5 * 1_048_576;
const decodedBytesMax = 20 * 1_048_576;
/** A body of unknown length is counted as this, and a packed one as this many times its length. */
const unknownWeight = wireBytesMax;
const unpackFactor = 6;

/**
 * Reads the body of a request and hands it to `take`, after whose end its room is free again. Nothing is read
 * before there is room for it.
 * @throws AppError where the body is not whole or too large, or there was no room.
 */
export async function receiveBody<Answer>(
  request: BodyRequest,
  service: Pick<IngestService, 'admission'>,
  take: (bytes: Buffer) => Promise<Answer>,
): Promise<Answer> {
  const weight = weightOf(request);
  const leave = service.admission.tryEnter(weight) ?? (await service.admission.enter(weight));
  try {
    const { chunks, contentEncoding, contentLength, signal } = request;
    const bytes = takeBody({
      chunks,
      contentEncoding,
      contentLength,
      wireBytesMax,
      decodedBytesMax,
      ...(signal && { signal }),
    });
    return await take(bytes instanceof Promise ? await bytes : bytes);
  } finally {
    leave();
  }
}

function weightOf({ contentLength, contentEncoding }: BodyRequest): number {
  const length = Number(contentLength);
  if (contentLength === null || !Number.isSafeInteger(length) || length < 0) return unknownWeight;
  if (length > wireBytesMax) {
    throw new AppError('body_too_large', `The body is ${length} bytes; at most ${wireBytesMax} are taken.`);
  }
  const packed = contentEncoding !== null && contentEncoding.trim().toLowerCase() !== 'identity';
  return packed ? Math.min(decodedBytesMax, length * unpackFactor) : length;
}
