import 'server-only';
import type { Database } from '#db/database.ts';
import { listPriceOverrides } from '#db/queries/list-price-overrides.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { toPriceOverride } from './to-price-override.ts';

const freshMs = 10_000;

type Known = {
  readonly overrides: readonly PriceOverride[];
  readonly json: string;
  readonly readAtMs: number;
};

type Reading = { readonly of: Known | undefined; readonly overrides: Promise<readonly PriceOverride[]> };

type Projects = {
  readonly known: Map<number, Known>;
  /** Reads under way. */
  readonly readings: Map<number, Reading>;
  /** Told of each project when its rates are read for the first time. */
  follow: ((projectId: number) => void) | null;
};

type ByDatabase = WeakMap<Database, Projects>;
const slot = Symbol.for('plimsoll.price-overrides');
type Holder = typeof globalThis & { [slot]?: ByDatabase };

/**
 * A project's own rates, at most ten seconds old. The array stays the same one while nothing changed,
 * because resolved rates are remembered by it. A promise only where it must be read.
 */
export function priceOverridesOf(
  db: Database,
  projectId: number,
): readonly PriceOverride[] | Promise<readonly PriceOverride[]> {
  const projects = projectsOf(db);
  const known = projects.known.get(projectId);
  if (known === undefined) projects.follow?.(projectId);
  const nowMs = Date.now();
  if (known && nowMs - known.readAtMs < freshMs) return known.overrides;
  const reading = projects.readings.get(projectId);
  // All that come meanwhile share one read; but one that began before a change says nothing of it.
  if (reading !== undefined && reading.of === known) return reading.overrides;
  const overrides = readAnew(db, projectId, { byProject: projects.known, nowMs });
  const started = { of: known, overrides };
  projects.readings.set(projectId, started);
  const end = () => {
    if (projects.readings.get(projectId) === started) projects.readings.delete(projectId);
  };
  overrides.then(end, end);
  return overrides;
}

async function readAnew(
  db: Database,
  projectId: number,
  { byProject, nowMs }: { readonly byProject: Map<number, Known>; readonly nowMs: number },
): Promise<readonly PriceOverride[]> {
  const known = byProject.get(projectId);
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

/** After a change: the next event asks the database. */
export function forgetPriceOverrides(db: Database, projectId: number): void {
  const { known } = projectsOf(db);
  const { overrides = [], json = '' } = known.get(projectId) ?? {};
  known.set(projectId, { overrides, json, readAtMs: Number.NEGATIVE_INFINITY });
}

/**
 * Forgets a project's rates as soon as any replica says that they changed. Where its note does not come, they
 * are ten seconds old at most.
 */
export function followPriceOverrides(db: Database, hub: Pick<LiveHub, 'subscribe'>): void {
  const projects = projectsOf(db);
  const follow = (projectId: number) => {
    hub.subscribe(projectId, ({ topics }) => {
      if (topics.includes('settings')) forgetPriceOverrides(db, projectId);
    });
  };
  projects.follow = follow;
  for (const projectId of projects.known.keys()) follow(projectId);
}

/** On globalThis for the reason given at `database()`: routes change what the ingest path reads. */
function projectsOf(db: Database): Projects {
  const holder: Holder = globalThis;
  holder[slot] ??= new WeakMap();
  const projects = holder[slot].get(db) ?? {
    known: new Map<number, Known>(),
    readings: new Map<number, Reading>(),
    follow: null,
  };
  holder[slot].set(db, projects);
  return projects;
}
