import 'server-only';
import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';
import { ingestService } from './ingest-service.ts';
import { receiveBatch } from './receive-batch.ts';
import { requireIngestKey } from './require-ingest-key.ts';

export type IngestRequest = {
  readonly method: string;
  readonly header: (name: string) => string | null;
  readonly chunks: AsyncIterable<Uint8Array> | IncomingMessage;
  readonly signal?: AbortSignal;
};

export type IngestReply = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};

/** What the addresses that events and telemetry are sent to offer, for `Allow`. */
export const sendMethods = 'POST, OPTIONS';

/**
 * `POST /api/ingest`, whatever carried the request here: the front door in production, the route elsewhere.
 * @throws AppError for what concerns the whole request.
 */
export async function answerBatch(request: IngestRequest): Promise<IngestReply> {
  if (request.method !== 'POST') {
    throw new AppError('method_not_allowed', 'Events are sent with POST.', { allow: sendMethods });
  }
  const project = requireIngestKey(request.header);
  const projectId = typeof project === 'number' ? project : await project;
  const { status, summary } = await receiveBatch(
    {
      projectId,
      contentType: request.header('content-type'),
      contentEncoding: request.header('content-encoding'),
      contentLength: request.header('content-length'),
      chunks: request.chunks,
      ...(request.signal && { signal: request.signal }),
    },
    ingestService(),
  );
  if (status !== 422) return { status, contentType: 'application/json', body: JSON.stringify(summary) };
  const detail = summary.results[0]?.message ?? 'See `results`.';
  const problem = problemOf(new AppError('invalid_items', detail, { details: { ...summary } }));
  return { status, contentType: 'application/problem+json', body: problem.body };
}
