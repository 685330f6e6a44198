import type { MessageEvent } from '#lib/chat/message-event.ts';
import type { JsonObject } from '#lib/http/json-value.ts';
import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import type { OperationEvent } from '#lib/operations/operation-event.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import { decodeExport } from '../decode-export.ts';
import { madeAtMs, toBytes } from './make-export.ts';

export type TakenEvents = {
  readonly calls: readonly UsageEvent[];
  readonly messages: readonly MessageEvent[];
  readonly operations: readonly OperationEvent[];
};

/** The events of an OTLP/JSON export, none of which may be refused. */
export function takeEvents(signal: 'traces' | 'logs' | 'metrics', body: JsonObject): TakenEvents {
  const { items, refused } = decodeExport({
    bytes: toBytes(body),
    format: 'json',
    signal,
    nowMs: madeAtMs,
    redact: true,
  });
  const events = items.map((item): IngestEvent => {
    if ('error' in item) throw new Error(item.error.message);
    return item.event;
  });
  if (refused.length > 0) throw new Error(refused[0]?.message);
  return {
    calls: events.filter((event) => event.type === 'usage'),
    messages: events.filter((event) => event.type === 'message'),
    operations: events.filter((event) => event.type === 'operation'),
  };
}
