import 'server-only';
import type { Database } from '#db/database.ts';
import { listPriceOverrides, type PriceOverrideRow } from '#db/queries/list-price-overrides.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';

const freshMs = 10_000;

type Known = {
  readonly overrides: readonly PriceOverride[];
  readonly json: string;
  readonly readAtMs: number;
};

const knownByDatabase = new WeakMap<Database, Map<number, Known>>();

/**
 * A project's own rates, at most ten seconds old. The array stays the same one while nothing changed,
 * because resolved rates are remembered by it.
 */
export async function priceOverridesOf(db: Database, projectId: number): Promise<readonly PriceOverride[]> {
  const byProject = knownByDatabase.get(db) ?? new Map<number, Known>();
  knownByDatabase.set(db, byProject);
  const known = byProject.get(projectId);
  const nowMs = Date.now();
  if (known && nowMs - known.readAtMs < freshMs) return known.overrides;
  const overrides = (await listPriceOverrides(db, projectId)).map(toOverride);
  const json = JSON.stringify(overrides, (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const kept = known?.json === json ? known.overrides : overrides;
  byProject.set(projectId, { overrides: kept, json, readAtMs: nowMs });
  return kept;
}

function toOverride(row: PriceOverrideRow): PriceOverride {
  return {
    id: row.id,
    provider: row.provider,
    modelPattern: row.modelPattern,
    validFromMs: row.validFrom.getTime(),
    validToMs: row.validTo?.getTime() ?? null,
    rates: {
      input: row.inputRate,
      cacheRead: row.cacheReadRate,
      cacheWrite5m: row.cacheWrite5mRate,
      cacheWrite1h: row.cacheWrite1hRate,
      output: row.outputRate,
    },
  };
}
