import 'server-only';
import { decodeBatch } from '#lib/ingest/decode-batch.ts';
import type { IngestSummary } from '../ingest-events.ts';
import { ingestEvents } from '../ingest-events.ts';
import type { IngestService } from './ingest-service.ts';
import { type BodyRequest, receiveBody } from './receive-body.ts';

export type BatchRequest = BodyRequest & { readonly projectId: number; readonly contentType: string | null };

export type BatchAnswer = { readonly status: 200 | 207 | 422; readonly summary: IngestSummary };

/**
 * One ingest request from its bytes to its commit.
 * @throws AppError for what concerns the whole request; single bad items are in the summary.
 */
export function receiveBatch(request: BatchRequest, service: IngestService): Promise<BatchAnswer> {
  return receiveBody(request, service, async (bytes) => {
    const { items } = decodeBatch({ bytes, contentType: request.contentType, nowMs: Date.now() });
    const overrides = service.overrides(request.projectId);
    const summary = await ingestEvents(items, {
      lanes: service.lanes,
      projectId: request.projectId,
      overrides: overrides instanceof Promise ? await overrides : overrides,
      redact: service.redact,
    });
    return { status: statusOf(summary), summary };
  });
}

function statusOf(summary: IngestSummary): BatchAnswer['status'] {
  if (summary.rejected === 0) return 200;
  return summary.rejected === summary.results.length ? 422 : 207;
}
