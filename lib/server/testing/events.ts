import type { DraftEvent } from '#lib/chat/draft-event.ts';
import type { MessageEvent } from '#lib/chat/message-event.ts';
import type { DecodedItem } from '#lib/ingest/decode-batch.ts';
import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';

/** A model call for tests; what a test is about is given, the rest is filled in. */
export function usageEvent(event: Partial<UsageEvent> & { readonly id: string }): UsageEvent {
  const ts = event.ts ?? '2026-11-20T10:00:00.000Z';
  return {
    type: 'usage',
    agent: 'coder',
    session: 'session-1',
    source: 'direct',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    requestedModel: null,
    inputTokens: 1_000,
    cacheReadTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    outputTokens: 100,
    reasoningTokens: 0,
    reportedCostPicoUsd: null,
    latencyMs: 1_200,
    ttftMs: null,
    status: 'ok',
    error: null,
    requestBytes: null,
    responseBytes: null,
    holdId: null,
    attributes: null,
    onConflict: 'keep',
    ...event,
    ts,
    tsMs: Date.parse(ts),
  };
}

/** A message for tests. */
export function messageEvent(event: Partial<MessageEvent> & { readonly id: string }): MessageEvent {
  const ts = event.ts ?? '2026-11-20T10:00:00.000Z';
  return {
    type: 'message',
    agent: 'coder',
    session: 'session-1',
    role: 'user',
    kind: 'text',
    content: 'hello',
    toolName: null,
    toolCallId: null,
    tokens: null,
    ...event,
    ts,
    tsMs: Date.parse(ts),
  };
}

/** A message for tests that is being written. */
export function draftEvent(event: Partial<DraftEvent> & { readonly id: string }): DraftEvent {
  const { tokens: _, toolCallId: __, ...said } = messageEvent({ ...event, type: 'message' });
  return { ...said, type: 'draft' };
}

/** Events as the decoder would hand them on. */
export function decoded(events: readonly IngestEvent[]): readonly DecodedItem[] {
  return events.map((event, index) => ({ index, id: event.id, event }));
}
