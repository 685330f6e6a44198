import 'server-only';
import { redactSecrets } from '#lib/chat/redact-secrets.ts';
import type { DecodedItem } from '#lib/ingest/decode-batch.ts';
import type { HeartbeatEvent } from '#lib/operations/heartbeat-event.ts';
import type { OperationEvent } from '#lib/operations/operation-event.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { costPicoUsdMax, priceUsage } from '#lib/pricing/price-usage.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import type { FlushQueue } from './ingest/flush-queue.ts';
import type { IngestLanes } from './ingest/ingest-lanes.ts';
import { type PreparedDraft, prepareDraft } from './ingest/store-drafts.ts';
import { type PreparedMessage, prepareMessage } from './ingest/store-messages.ts';
import type { Outcome } from './ingest/store-once.ts';
import type { PricedUsage } from './ingest/store-usage.ts';

export type ItemResult = {
  readonly index: number;
  readonly id: string | null;
  readonly status: Outcome | 'rejected';
  readonly code?: string;
  readonly field?: string | null;
  readonly message?: string;
};

export type IngestSummary = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Stored events that an importer's row with more tokens replaced. */
  readonly raised: number;
  /** Secrets that were taken out of messages before they were stored. */
  readonly redacted: number;
  readonly results: readonly ItemResult[];
};

export type IngestContext = {
  readonly lanes: IngestLanes;
  readonly projectId: number;
  readonly overrides: readonly PriceOverride[];
  readonly redact: boolean;
};

/**
 * Stores decoded items: exactly once by id, each request answered after its own rows' commit.
 * @throws AppError `overloaded` or `database_unavailable`; the same batch may then be sent again.
 */
export async function ingestEvents(
  items: readonly DecodedItem[],
  context: IngestContext,
): Promise<IngestSummary> {
  const results = new Array<ItemResult>(items.length);
  const batch = sortIntoLanes(items, context, results);
  const lanes = context.lanes.of(context.projectId);
  const settled: Promise<void>[] = [];
  const send = <Value>(lane: Lane<Value>, queue: FlushQueue<Value, Outcome>, weight?: number) => {
    if (lane.values.length > 0)
      settled.push(settle(lane, queue.add(lane.values, weight), { items, results }));
  };
  send(batch.usage, lanes.usage);
  send(batch.messages, lanes.messages, weightOf(batch.messages));
  send(batch.drafts, lanes.drafts, weightOf(batch.drafts));
  send(batch.operations, lanes.operations);
  send(batch.heartbeats, lanes.heartbeats);
  // Most batches are of one kind, and each promise more is felt by single events.
  const [only, ...others] = settled;
  await (others.length === 0 ? only : Promise.all(settled));
  return summarise(results, batch.redacted);
}

/** What goes to one queue, and at which places of the batch it stood. */
type Lane<Value> = { readonly places: number[]; readonly values: Value[] };

function weightOf({ values }: Lane<{ readonly weight: number }>): number {
  return values.reduce((sum, { weight }) => sum + weight, 0);
}

const openLane = <Value>(): Lane<Value> => ({ places: [], values: [] });

function put<Value>(lane: Lane<Value>, place: number, value: Value): void {
  lane.places.push(place);
  lane.values.push(value);
}

function sortIntoLanes(items: readonly DecodedItem[], context: IngestContext, results: ItemResult[]) {
  const usage = openLane<PricedUsage>();
  const messages = openLane<PreparedMessage>();
  const drafts = openLane<PreparedDraft>();
  const operations = openLane<OperationEvent>();
  const heartbeats = openLane<HeartbeatEvent>();
  let redacted = 0;
  items.forEach((item, place) => {
    if ('error' in item) {
      results[place] = { index: item.index, id: item.id, status: 'rejected', ...item.error };
      return;
    }
    let { event } = item;
    if (event.type === 'usage') {
      if (event.error !== null && context.redact) {
        // Providers put the key that they refuse into what they say.
        const safe = redactSecrets(event.error);
        redacted += safe.count;
        event = { ...event, error: safe.text };
      }
      const price = priceOf(event, context.overrides);
      if (price.costPicoUsd > costPicoUsdMax) results[place] = tooCostly(item.index, event);
      else put(usage, place, { event, price });
    } else if (event.type === 'message') {
      const value = prepareMessage(event, context);
      redacted += value.row.redactions;
      put(messages, place, value);
    } else if (event.type === 'draft') put(drafts, place, prepareDraft(event, context));
    else if (event.type === 'operation') put(operations, place, event);
    else put(heartbeats, place, event);
  });
  return { usage, messages, drafts, operations, heartbeats, redacted };
}

function priceOf(event: UsageEvent, overrides: readonly PriceOverride[]) {
  return priceUsage(
    {
      provider: event.provider,
      model: event.model,
      requestedModel: event.requestedModel,
      atMs: event.tsMs,
      tokens: {
        input: event.inputTokens,
        cacheRead: event.cacheReadTokens,
        cacheWrite5m: event.cacheWrite5mTokens,
        cacheWrite1h: event.cacheWrite1hTokens,
        output: event.outputTokens,
      },
    },
    overrides,
  );
}

function tooCostly(index: number, event: UsageEvent): ItemResult {
  return {
    index,
    id: event.id,
    status: 'rejected',
    code: 'out_of_range',
    field: 'inputTokens',
    message: `Item ${index}: these tokens of ${event.model} would cost more than 9,223,372 USD in one call.`,
  };
}

async function settle<Value>(
  lane: Lane<Value>,
  stored: Promise<readonly Outcome[]>,
  { items, results }: { readonly items: readonly DecodedItem[]; readonly results: ItemResult[] },
): Promise<void> {
  const outcomes = await stored;
  lane.places.forEach((place, position) => {
    const status = outcomes[position] ?? 'duplicate';
    results[place] = { index: place, id: items[place]?.id ?? null, status };
  });
}

function summarise(results: readonly ItemResult[], redacted: number): IngestSummary {
  const counts = { accepted: 0, duplicate: 0, conflict: 0, raised: 0, rejected: 0 };
  for (const { status } of results) counts[status]++;
  return {
    accepted: counts.accepted,
    duplicates: counts.duplicate,
    conflicts: counts.conflict,
    rejected: counts.rejected,
    raised: counts.raised,
    redacted,
    results,
  };
}
