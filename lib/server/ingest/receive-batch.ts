import 'server-only';
import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { readBody } from '#lib/http/read-body.ts';
import { decodeBatch } from '#lib/ingest/decode-batch.ts';
import type { IngestSummary } from '../ingest-events.ts';
import { ingestEvents } from '../ingest-events.ts';
import type { IngestService } from './ingest-service.ts';

export type BatchRequest = {
  readonly projectId: number;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly contentLength: string | null;
  readonly chunks: AsyncIterable<Uint8Array> | IncomingMessage;
  readonly signal?: AbortSignal;
};

export type BatchAnswer = { readonly status: 200 | 207 | 422; readonly summary: IngestSummary };

const wireBytesMax = 5 * 1_048_576;
const decodedBytesMax = 20 * 1_048_576;
/** A body of unknown length is counted as this, and a packed one as this many times its length. */
const unknownWeight = wireBytesMax;
const unpackFactor = 6;

/**
 * One ingest request from its bytes to its commit. Nothing is read before there is room for it.
 * @throws AppError for what concerns the whole request; single bad items are in the summary.
 */
export async function receiveBatch(request: BatchRequest, service: IngestService): Promise<BatchAnswer> {
  const leave = await service.admission.enter(weightOf(request));
  try {
    const bytes = await readBody({
      chunks: request.chunks,
      contentEncoding: request.contentEncoding,
      contentLength: request.contentLength,
      wireBytesMax,
      decodedBytesMax,
      ...(request.signal && { signal: request.signal }),
    });
    const { items } = decodeBatch({ bytes, contentType: request.contentType, nowMs: Date.now() });
    const summary = await ingestEvents(items, {
      lanes: service.lanes,
      projectId: request.projectId,
      overrides: await service.overrides(request.projectId),
      redact: service.redact,
    });
    return { status: statusOf(summary), summary };
  } finally {
    leave();
  }
}

function statusOf(summary: IngestSummary): BatchAnswer['status'] {
  if (summary.rejected === 0) return 200;
  return summary.rejected === summary.results.length ? 422 : 207;
}

function weightOf({ contentLength, contentEncoding }: BatchRequest): number {
  const length = Number(contentLength);
  if (contentLength === null || !Number.isSafeInteger(length) || length < 0) return unknownWeight;
  if (length > wireBytesMax) {
    throw new AppError('body_too_large', `The body is ${length} bytes; at most ${wireBytesMax} are taken.`);
  }
  const packed = contentEncoding !== null && contentEncoding.trim().toLowerCase() !== 'identity';
  return packed ? Math.min(decodedBytesMax, length * unpackFactor) : length;
}
