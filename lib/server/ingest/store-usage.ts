import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { findUsageEvents, type StoredUsage } from '#db/queries/find-usage-events.ts';
import { foldDeltas } from '#db/queries/fold-deltas.ts';
import { insertUsageEvents, type UsageRow } from '#db/queries/insert-usage-events.ts';
import { raiseUsageEvents } from '#db/queries/raise-usage-events.ts';
import { AppError } from '#lib/errors.ts';
import type { UsagePrice } from '#lib/pricing/price-usage.ts';
import { hashKey, isKey } from '#lib/usage/event-key.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import type { Dictionaries } from './dictionaries.ts';
import { nameItems, numberOf } from './name-items.ts';
import type { Novelty } from './novelty.ts';
import { byKey, type Outcome, storeOnce } from './store-once.ts';

export type PricedUsage = { readonly event: UsageEvent; readonly price: UsagePrice };
/** Another replica's fold takes a second at most. */
const foldTriesMax = 50;
const foldPauseMs = 50;

type SentRow = UsageRow & { readonly mayRaise: boolean };

export type StoreUsageOptions = {
  readonly db: Database;
  readonly dictionaries: Dictionaries;
  readonly projectId: number;
  /** Ascends with each flush of this process. */
  readonly nextFlushId: () => number;
  readonly novelty: Novelty;
};

/** Stores priced model calls and their deltas; one outcome for each, in order. */
export async function storeUsage(
  items: readonly PricedUsage[],
  options: StoreUsageOptions,
): Promise<readonly Outcome[]> {
  const { db, projectId } = options;
  const rows = await toRows(items, options);
  const outcomes = await storeOnce(rows, {
    keyOf: (row) => row.key,
    valuesOf,
    prefer: (first, second) => (second.mayRaise && total(second) > total(first) ? second : first),
    insert: async (distinct) => {
      const { nextFlushId, novelty } = options;
      const expectsNew = novelty.isExpected();
      const inserted = await insertUsageEvents(db, {
        projectId,
        nextFlushId,
        expectsNew,
        rows: byKey(distinct),
      });
      novelty.note(inserted === 'all');
      return inserted;
    },
    findValues: async (old) => {
      const stored = await findUsageEvents(db, { projectId, keys: old.map(({ key }) => key) });
      return new Map(stored.map((row) => [row.key, valuesOf(row)]));
    },
  });
  return raise(rows, outcomes, options);
}

async function raise(
  rows: readonly SentRow[],
  outcomes: readonly Outcome[],
  options: StoreUsageOptions,
): Promise<readonly Outcome[]> {
  const highest = new Map<string, SentRow>();
  rows.forEach((row, index) => {
    if (!row.mayRaise || outcomes[index] === 'accepted') return;
    const other = highest.get(row.key);
    if (other === undefined || total(row) > total(other)) highest.set(row.key, row);
  });
  if (highest.size === 0) return outcomes;
  const raised = await raiseFolded([...highest.values()], options);
  return rows.map((row, index) => {
    const outcome = outcomes[index] ?? 'duplicate';
    if (outcome === 'accepted' || !row.mayRaise) return outcome;
    return raised.has(row.key) && highest.get(row.key) === row ? 'raised' : 'duplicate';
  });
}

/** Events whose first values are not folded yet are folded now; only then can they be corrected. */
async function raiseFolded(
  rows: readonly SentRow[],
  { db, projectId }: StoreUsageOptions,
): Promise<ReadonlySet<string>> {
  const raised = new Set<string>();
  let left = rows;
  for (let attempt = 0; left.length > 0 && attempt < foldTriesMax; attempt++) {
    const outcome = await raiseUsageEvents(db, { projectId, rows: byKey(left) });
    for (const key of outcome.raised) raised.add(key);
    left = left.filter(({ key }) => outcome.pending.has(key));
    if (left.length > 0 && (await foldDeltas(db, { projectId })) === null) await pause(foldPauseMs);
  }
  if (left.length > 0) {
    throw new AppError('overloaded', 'Too much is waiting to be added up. Send this batch again.', {
      retryAfterSeconds: 2,
    });
  }
  return raised;
}

async function toRows(
  items: readonly PricedUsage[],
  options: StoreUsageOptions,
): Promise<readonly SentRow[]> {
  const names = await nameItems(items, options);
  return items.map(({ event, price }, index) => {
    const keepsId = isKey(event.id);
    return {
      key: keepsId ? event.id : hashKey(event.id),
      externalId: keepsId ? null : event.id,
      ts: event.ts,
      sessionId: names.sessions[index]?.id ?? null,
      agentId: numberOf(names.agents[index]),
      modelId: numberOf(names.models[index]),
      requestedModelId: names.requestedModels[index]?.id ?? null,
      priceVersionId: names.priceVersions[index]?.id ?? null,
      priceStatus: price.status,
      source: event.source,
      status: event.status,
      inputTokens: event.inputTokens,
      cacheReadTokens: event.cacheReadTokens,
      cacheWrite5mTokens: event.cacheWrite5mTokens,
      cacheWrite1hTokens: event.cacheWrite1hTokens,
      outputTokens: event.outputTokens,
      reasoningTokens: event.reasoningTokens,
      costPicoUsd: price.costPicoUsd,
      costReportedPicoUsd: event.reportedCostPicoUsd,
      latencyMs: event.latencyMs,
      ttftMs: event.ttftMs,
      requestBytes: event.requestBytes,
      responseBytes: event.responseBytes,
      error: event.error,
      holdId: event.holdId,
      attributes: event.attributes,
      mayRaise: event.onConflict === 'max',
    };
  });
}

function total(row: UsageRow): number {
  return (
    row.inputTokens + row.cacheReadTokens + row.cacheWrite5mTokens + row.cacheWrite1hTokens + row.outputTokens
  );
}

/** The payload that decides between duplicate and conflict: all that was sent but the time. */
function valuesOf(row: UsageRow | StoredUsage): readonly unknown[] {
  return [
    row.sessionId,
    row.agentId,
    row.modelId,
    row.requestedModelId,
    row.source,
    row.status,
    row.inputTokens,
    row.cacheReadTokens,
    row.cacheWrite5mTokens,
    row.cacheWrite1hTokens,
    row.outputTokens,
    row.reasoningTokens,
    row.costReportedPicoUsd,
    row.latencyMs,
    row.ttftMs,
    row.requestBytes,
    row.responseBytes,
    row.error,
    row.holdId,
    typeof row.attributes === 'string' ? JSON.parse(row.attributes) : row.attributes,
  ];
}
