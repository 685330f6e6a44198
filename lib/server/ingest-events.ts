import 'server-only';
import type { DecodedItem } from '#lib/ingest/decode-batch.ts';
import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { costPicoUsdMax, priceUsage } from '#lib/pricing/price-usage.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import type { IngestLanes } from './ingest/ingest-lanes.ts';
import { prepareMessage } from './ingest/store-messages.ts';
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
  await Promise.all([
    settle(batch.usage, (values) => lanes.usage.add(values), results),
    settle(
      batch.messages,
      (values) =>
        lanes.messages.add(
          values,
          values.reduce((sum, { weight }) => sum + weight, 0),
        ),
      results,
    ),
    settle(batch.operations, (values) => lanes.operations.add(values), results),
    settle(batch.heartbeats, (values) => lanes.heartbeats.add(values), results),
  ]);
  return summarise(results, batch.redacted);
}

type Slot<Value> = { readonly index: number; readonly id: string; readonly value: Value };

function sortIntoLanes(items: readonly DecodedItem[], context: IngestContext, results: ItemResult[]) {
  const usage: Slot<PricedUsage>[] = [];
  const messages: Slot<ReturnType<typeof prepareMessage>>[] = [];
  const operations: Slot<Extract<IngestEvent, { type: 'operation' }>>[] = [];
  const heartbeats: Slot<Extract<IngestEvent, { type: 'heartbeat' }>>[] = [];
  let redacted = 0;
  for (const [position, item] of items.entries()) {
    if ('error' in item) {
      results[position] = { index: item.index, id: item.id, status: 'rejected', ...item.error };
      continue;
    }
    const { event } = item;
    const slot = { index: position, id: event.id };
    if (event.type === 'usage') {
      const value = { event, price: priceOf(event, context.overrides) };
      if (value.price.costPicoUsd > costPicoUsdMax) results[position] = tooCostly(item.index, event);
      else usage.push({ ...slot, value });
    } else if (event.type === 'message') {
      const value = prepareMessage(event, context);
      redacted += value.row.redactions;
      messages.push({ ...slot, value });
    } else if (event.type === 'operation') operations.push({ ...slot, value: event });
    else heartbeats.push({ ...slot, value: event });
  }
  return { usage, messages, operations, heartbeats, redacted };
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
  slots: readonly Slot<Value>[],
  add: (values: readonly Value[]) => Promise<readonly Outcome[]>,
  results: ItemResult[],
): Promise<void> {
  const outcomes = await add(slots.map(({ value }) => value));
  slots.forEach(({ index, id }, position) => {
    results[index] = { index, id, status: outcomes[position] ?? 'duplicate' };
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
