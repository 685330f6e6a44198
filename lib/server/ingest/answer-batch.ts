import 'server-only';
import type { IncomingMessage } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { findPrincipal } from '../auth/find-principal.ts';
import { ingestService } from './ingest-service.ts';
import { receiveBatch } from './receive-batch.ts';

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

/**
 * `POST /api/ingest`, whatever carried the request here: the front door in production, the route elsewhere.
 * @throws AppError for what concerns the whole request.
 */
export async function answerBatch(request: IngestRequest): Promise<IngestReply> {
  if (request.method !== 'POST') throw new AppError('method_not_allowed', 'Events are sent with POST.');
  const principal = await findPrincipal({
    authorization: request.header('authorization'),
    apiKey: request.header('x-api-key'),
    cookie: null,
  });
  if (principal === null) {
    throw new AppError(
      'unauthenticated',
      'Send a key: `Authorization: Bearer <key>`. Keys are made in Settings.',
    );
  }
  if (!principal.scopes.includes('ingest') && !principal.scopes.includes('admin')) {
    throw new AppError('forbidden', 'This key lacks the scope `ingest`.');
  }
  const { status, summary } = await receiveBatch(
    {
      projectId: principal.projectId,
      contentType: request.header('content-type'),
      contentEncoding: request.header('content-encoding'),
      contentLength: request.header('content-length'),
      chunks: request.chunks,
      ...(request.signal && { signal: request.signal }),
    },
    ingestService(),
  );
  if (status !== 422) return { status, contentType: 'application/json', body: JSON.stringify(summary) };
  const problem = {
    type: 'about:blank',
    title: 'No event of the batch is valid',
    status,
    code: 'invalid_items',
    detail: summary.results[0]?.message ?? 'See `results`.',
  };
  return {
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ ...problem, ...summary }),
  };
}
