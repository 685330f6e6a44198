import 'server-only';
import type { Database } from '#db/database.ts';
import { listPriceOverrides } from '#db/queries/list-price-overrides.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { toPriceOverride } from './to-price-override.ts';

const freshMs = 10_000;

type Known = {
  readonly overrides: readonly PriceOverride[];
  readonly json: string;
  readonly readAtMs: number;
};

type ByDatabase = WeakMap<Database, Map<number, Known>>;
const slot = Symbol.for('plimsoll.price-overrides');
type Holder = typeof globalThis & { [slot]?: ByDatabase };

/**
 * A project's own rates, at most ten seconds old. The array stays the same one while nothing changed,
 * because resolved rates are remembered by it.
 */
export async function priceOverridesOf(db: Database, projectId: number): Promise<readonly PriceOverride[]> {
  const byProject = knownProjects(db);
  const known = byProject.get(projectId);
  const nowMs = Date.now();
  if (known && nowMs - known.readAtMs < freshMs) return known.overrides;
  const overrides = (await listPriceOverrides(db, projectId)).map(toPriceOverride);
  const json = JSON.stringify(overrides, (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const kept = known?.json === json ? known.overrides : overrides;
  // Forgotten while it was read: what was read may be from before the change, so it is not kept for long.
  const isCurrent = byProject.get(projectId) === known;
  byProject.set(projectId, { overrides: kept, json, readAtMs: isCurrent ? nowMs : Number.NEGATIVE_INFINITY });
  return kept;
}

/** After a change: this process takes it up with the next event, others within ten seconds. */
export function forgetPriceOverrides(db: Database, projectId: number): void {
  const { overrides = [], json = '' } = knownProjects(db).get(projectId) ?? {};
  knownProjects(db).set(projectId, { overrides, json, readAtMs: Number.NEGATIVE_INFINITY });
}

/** On globalThis for the reason given at `database()`: routes change what the ingest path reads. */
function knownProjects(db: Database): Map<number, Known> {
  const holder: Holder = globalThis;
  holder[slot] ??= new WeakMap();
  const known = holder[slot].get(db) ?? new Map<number, Known>();
  holder[slot].set(db, known);
  return known;
}
