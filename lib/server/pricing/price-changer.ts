import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { foldDeltas } from '#db/queries/fold-deltas.ts';
import { type NewPrice, repriceUsageEvents } from '#db/queries/reprice-usage-events.ts';
import type { Turn } from '#db/queries/take-turn.ts';
import { AppError } from '#lib/errors.ts';
import { openDictionaries } from '../ingest/dictionaries.ts';
import { idOf } from '../ingest/dictionary.ts';
import { type PricedRow, tokensOf } from './price-stored-usage.ts';

/** Corrections are folded so often that they never pile up. */
const foldEveryEvents = 20_000;
/** Another replica's fold takes a second at most. */
const foldTriesMax = 50;
const foldPauseMs = 50;

/** Writes new costs of stored calls, a page a statement. @returns the keys that it changed. */
export type PriceChanger = (due: readonly PricedRow[]) => Promise<ReadonlySet<string>>;

/**
 * Calls whose first values are not folded yet are folded first; only then can they be corrected.
 * @throws AppError `overloaded` when the fold does not keep up, `conflict` when somebody else took the turn
 */
export function priceChanger(db: Database, turn: Turn): PriceChanger {
  const { projectId } = turn;
  const { priceVersions } = openDictionaries(db);
  let sinceFold = 0;

  async function toPrices(due: readonly PricedRow[]): Promise<readonly NewPrice[]> {
    const versions = await priceVersions.resolve(
      projectId,
      due.flatMap(({ price }) => price.priceVersion ?? []),
    );
    return due.map(({ row, price }) => ({
      key: row.key,
      tokens: BigInt(tokensOf(row)),
      costPicoUsd: price.costPicoUsd,
      priceStatus: price.status,
      priceVersionId: price.priceVersion === null ? null : idOf(versions, price.priceVersion),
    }));
  }

  return async (due) => {
    const changed = new Set<string>();
    let left = due.length === 0 ? [] : await toPrices(due);
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === foldTriesMax) {
        throw new AppError('overloaded', 'Too much is waiting to be added up. Ask again.', {
          retryAfterSeconds: 2,
        });
      }
      const outcome = await repriceUsageEvents(db, { turn, prices: left });
      if (outcome === 'overtaken') {
        throw new AppError('conflict', 'A later request re-prices the calls: see its answer.');
      }
      for (const key of outcome.changed) changed.add(key);
      left = left.filter(({ key }) => outcome.pending.has(key));
      if (left.length > 0 && (await foldDeltas(db, { projectId })) === null) await pause(foldPauseMs);
    }
    sinceFold += changed.size;
    if (sinceFold >= foldEveryEvents) {
      sinceFold = 0;
      await foldDeltas(db, { projectId });
    }
    return changed;
  };
}
