import 'server-only';
import { database } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { sqlStateOf } from '#db/database-error.ts';
import { type EndedHold, type HoldEnd, settleHolds } from '#db/queries/settle-holds.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { type FlushQueue, flushQueue } from '../ingest/flush-queue.ts';
import { priceOverridesOf } from '../pricing/price-overrides-of.ts';
import { type PlacedHold, type Placement, placeHolds } from './place-holds.ts';

export type HoldDesk = {
  readonly db: Database;
  readonly overrides: (projectId: number) => Promise<readonly PriceOverride[]>;
  readonly nowMs: () => number;
  place(projectId: number, hold: PlacedHold): Promise<Placement>;
  /** Null when there is no hold of that id. */
  end(projectId: number, end: HoldEnd): Promise<EndedHold | null>;
};

type Lanes = {
  readonly place: FlushQueue<PlacedHold, Placement>;
  readonly end: FlushQueue<HoldEnd, EndedHold | null>;
};

const triesMax = 3;
/** Deadlock, and an id that another process took in this moment. */
const beaten = new Set(['40P01', '40001']);

const slot = Symbol.for('plimsoll.holds');
type Holder = typeof globalThis & { [slot]?: HoldDesk };

/** The process's one desk; on globalThis for the reason given at `database()`. */
export function holdDesk(): HoldDesk {
  const holder: Holder = globalThis;
  holder[slot] ??= openHoldDesk(database());
  return holder[slot];
}

/**
 * Holds of one project wait for each other anyway, on the rows of their budgets. So what comes while a
 * statement runs goes with the next one, and a hot budget's lock and commit are paid once a batch.
 */
export function openHoldDesk(db: Database, nowMs: () => number = Date.now): HoldDesk {
  const projects = new Map<number, Lanes>();
  const lanesOf = (projectId: number) => {
    const known = projects.get(projectId);
    if (known) return known;
    const lanes: Lanes = {
      place: flushQueue({
        flush: (holds) => againWhenBeaten(() => placeHolds(holds, { db, projectId, nowMs })),
        itemsMax: 128,
        inFlightMin: 1,
        inFlightMax: 1,
        waitingMax: 5_000,
      }),
      end: flushQueue({
        flush: (ends) => againWhenBeaten(() => endHolds(ends, { db, projectId })),
        itemsMax: 256,
        inFlightMin: 1,
        inFlightMax: 1,
        waitingMax: 5_000,
      }),
    };
    projects.set(projectId, lanes);
    return lanes;
  };
  return {
    db,
    nowMs,
    overrides: async (projectId) => priceOverridesOf(db, projectId),
    place: async (projectId, hold) => first(await lanesOf(projectId).place.add([hold])),
    end: async (projectId, end) => first(await lanesOf(projectId).end.add([end])),
  };
}

/** Of several ends of one hold in a batch, the first counts; the others see what it became. */
async function endHolds(
  ends: readonly HoldEnd[],
  { db, projectId }: { readonly db: Database; readonly projectId: number },
): Promise<readonly (EndedHold | null)[]> {
  const firsts = new Map<string, HoldEnd>();
  for (const end of ends) if (!firsts.has(end.id)) firsts.set(end.id, end);
  const ended = await settleHolds(db, { projectId, ends: [...firsts.values()] });
  return ends.map((end) => {
    const result = ended.get(end.id) ?? null;
    return result && firsts.get(end.id) !== end ? { ...result, isChanged: false } : result;
  });
}

/**
 * Replicas can end the same hold at once, in rare cases against the order of locks, or take the same id at once;
 * one of them goes again and sees what the other did.
 */
async function againWhenBeaten<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const state = error instanceof Error ? sqlStateOf(error.cause) : null;
      if (attempt >= triesMax || state === null || !beaten.has(state)) throw error;
    }
  }
}

function first<T>([value]: readonly T[]): T {
  if (value === undefined) throw new Error('A flush answers one result for each item.');
  return value;
}
