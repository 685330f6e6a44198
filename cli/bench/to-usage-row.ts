import type { UsageRow } from '#db/queries/insert-usage-events.ts';
import { eventKey, isKey } from '#lib/usage/event-key.ts';
import { eventNames } from './event-names.ts';
import type { BenchEvent } from './make-event.ts';

/** The row of an event as the ingest path would store it, with names as their numbers in our own lists. */
export function toUsageRow(event: BenchEvent): UsageRow {
  const fresh = event.inputTokens - event.cacheReadTokens - event.cacheWriteTokens;
  return {
    key: eventKey(event.id),
    externalId: isKey(event.id) ? null : event.id,
    ts: event.ts,
    sessionId: 1 + Number(event.session.slice('session-'.length)),
    agentId: 1 + eventNames.agents.indexOf(event.agent),
    modelId: 1 + eventNames.models.findIndex(({ name }) => name === event.model),
    requestedModelId: null,
    priceVersionId: 1,
    priceStatus: 'priced',
    source: event.source,
    status: 'ok',
    inputTokens: fresh,
    cacheReadTokens: event.cacheReadTokens,
    cacheWrite5mTokens: event.cacheWriteTokens,
    cacheWrite1hTokens: 0,
    outputTokens: event.outputTokens,
    reasoningTokens: 0,
    costPicoUsd: BigInt(fresh * 3 + event.cacheReadTokens + event.outputTokens * 15) * 1_000_000n,
    costReportedPicoUsd: null,
    latencyMs: event.latencyMs,
    ttftMs: null,
    requestBytes: event.requestBytes,
    responseBytes: event.responseBytes,
    error: null,
    holdId: null,
    attributes: event.attributes === undefined ? null : JSON.stringify(event.attributes),
  };
}
