import 'server-only';
import { AppError } from '#lib/errors.ts';
import { type Problem, problemOf } from '#lib/http/problem.ts';
import { eventsMax } from '#lib/ingest/decode-batch.ts';
import { log } from '#lib/log.ts';
import { decodeExport } from '#lib/otlp/decode-export.ts';
import { exportAnswer, type PartialSuccess, statusAnswer } from '#lib/otlp/export-answer.ts';
import { otlpFormat } from '#lib/otlp/otlp-format.ts';
import { type OtlpSignal, otlpSignals } from '#lib/otlp/otlp-signal.ts';
import { type IngestRequest, sendMethods } from '../ingest/answer-batch.ts';
import { ingestService } from '../ingest/ingest-service.ts';
import { receiveBody } from '../ingest/receive-body.ts';
import { requireIngestKey } from '../ingest/require-ingest-key.ts';
import { type IngestContext, type ItemResult, ingestEvents } from '../ingest-events.ts';

export type OtlpReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

const pathPattern = /^\/api\/otel\/v1\/([a-z]+)\/?$/;
const messageMax = 1_000;

/** The signal that is sent to an address; with a slash at its end too, because exporters follow no redirect. */
export function signalOf(path: string): OtlpSignal | null {
  const name = pathPattern.exec(path)?.[1];
  return otlpSignals.find((signal) => signal === name) ?? null;
}

/**
 * `POST /api/otel/v1/{signal}`, whatever carried the request here. Never throws: what is refused is a
 * `google.rpc.Status` in the sender's own encoding. Retried by senders are 429 and 503 alone.
 */
export async function answerExport(signal: OtlpSignal, request: IngestRequest): Promise<OtlpReply> {
  try {
    return await takeExport(signal, request);
  } catch (error) {
    return refuseExport(error, request.header('content-type'));
  }
}

/** A refusal as a sender of OTLP understands it; of an unknown content type it is a problem document. */
export function refuseExport(error: unknown, contentType: string | null): OtlpReply {
  if (!(error instanceof AppError)) log.error('request.failed', { path: '/api/otel/v1', cause: error });
  const problem = problemOf(error);
  const format = otlpFormat(contentType);
  if (format === null) return problem;
  const message =
    error instanceof AppError ? `${error.code}: ${error.message}` : 'internal: see the log of the server';
  const answer = statusAnswer(format, { status: problem.status, message });
  return { status: problem.status, headers: headersOf(problem, answer.contentType), body: answer.body };
}

async function takeExport(signal: OtlpSignal, request: IngestRequest): Promise<OtlpReply> {
  const { header } = request;
  if (request.method !== 'POST') {
    throw new AppError('method_not_allowed', 'Telemetry is sent with POST.', { allow: sendMethods });
  }
  const projectId = await requireIngestKey(header);
  const format = otlpFormat(header('content-type'));
  if (format === null) {
    throw new AppError(
      'unsupported_media_type',
      'Send application/x-protobuf, or application/json in UTF-8.',
    );
  }
  const service = ingestService();
  const partial = await receiveBody(
    {
      contentEncoding: header('content-encoding'),
      contentLength: header('content-length'),
      chunks: request.chunks,
      ...(request.signal && { signal: request.signal }),
    },
    service,
    async (bytes) => {
      const { lanes, redact } = service;
      const decoded = decodeExport({ bytes, format, signal, nowMs: Date.now(), redact });
      const overrides = await service.overrides(projectId);
      return storeExport(decoded, { lanes, projectId, overrides, redact });
    },
  );
  const { contentType, body } = exportAnswer(format, { signal, partial });
  return { status: 200, headers: { 'content-type': contentType }, body };
}

/** A thousand events at a time, as `POST /api/ingest` takes them. @returns what was not taken, if anything. */
async function storeExport(
  { items, refused }: ReturnType<typeof decodeExport>,
  context: IngestContext,
): Promise<PartialSuccess | null> {
  const messages = new Map(refused.map(({ index, message }) => [index, message]));
  for (let start = 0; start < items.length; start += eventsMax) {
    const { results } = await ingestEvents(items.slice(start, start + eventsMax), context);
    for (const result of results) if (result.status === 'rejected') noteRejected(messages, result);
  }
  const [first] = messages.values();
  if (first === undefined) return null;
  const more = messages.size === 1 ? '' : ` (and ${messages.size - 1} more)`;
  return { rejected: messages.size, message: `${first.slice(0, messageMax)}${more}` };
}

function noteRejected(messages: Map<number, string>, { index, message, code }: ItemResult): void {
  if (!messages.has(index)) messages.set(index, message ?? code ?? 'refused');
}

function headersOf(problem: Problem, contentType: string): Readonly<Record<string, string>> {
  return { ...problem.headers, 'content-type': contentType };
}
