import 'server-only';
import type { Database } from '#db/database.ts';
import type { HoldBasis } from '#lib/budget/hold-basis.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { readSettings } from '../settings/read-settings.ts';

export type HoldSettings = { readonly basis: HoldBasis; readonly capPicoUsd: bigint | null };
type Known = { readonly settings: HoldSettings; readonly readAtMs: number };

const freshMs = 5_000;
const byDatabase = new WeakMap<Database, Map<number, Known>>();

/** How much a hold without an amount reserves in a project, at most five seconds old. */
export async function holdSettingsOf(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<HoldSettings> {
  const known = byDatabase.get(db)?.get(projectId);
  if (known && Math.abs(nowMs - known.readAtMs) < freshMs) return known.settings;
  const { holdBasis, holdCapUsd } = await readSettings(db, projectId);
  const settings = { basis: holdBasis, capPicoUsd: holdCapUsd === null ? null : parseUsd(holdCapUsd) };
  const byProject = byDatabase.get(db) ?? new Map<number, Known>();
  byDatabase.set(db, byProject);
  byProject.set(projectId, { settings, readAtMs: nowMs });
  return settings;
}
