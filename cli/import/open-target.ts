import { hostname } from 'node:os';
import { openDatabase } from '#db/database.ts';
import { env } from '#lib/env.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { defaultProjectId } from '#lib/server/auth/auth-service.ts';
import { type ImportMarks, ledgerMarks } from '#lib/server/import/import-marks.ts';
import { priceOverridesOf } from '#lib/server/pricing/price-overrides-of.ts';
import { getRunningApp } from '../running-app.ts';
import { apiStore } from './api-store.ts';
import type { EventStore } from './event-store.ts';
import { fileMarks } from './file-marks.ts';
import { ledgerStore } from './ledger-store.ts';
import { memoryMarks } from './memory-marks.ts';
import type { ImportArgs } from './parse-import-args.ts';

export type ImportTarget = {
  readonly store: EventStore;
  readonly marks: ImportMarks;
  readonly overrides: readonly PriceOverride[];
};

/** Where an import goes: the ledger of the app that runs here, or the server of `--to`. */
export async function openTarget(args: ImportArgs): Promise<ImportTarget> {
  // With --since a file is not imported whole, so that it must not be marked as if it were.
  const isRemembering = args.sinceMs === null && !args.isFromStart;
  if (args.to !== null && args.key !== null) {
    const target = { to: args.to, key: args.key };
    const marks = isRemembering ? fileMarks(env().PLIMSOLL_DATA_DIR, target) : memoryMarks();
    return { store: apiStore(target), marks, overrides: [] };
  }
  const projectId = defaultProjectId;
  const app = getRunningApp(env());
  const db = openDatabase({ url: app.databaseUrl, connectionsMax: 4 });
  return {
    store: ledgerStore(db, { projectId, redact: env().PLIMSOLL_REDACT === '1' }),
    marks: isRemembering ? ledgerMarks(db, { projectId, machine: hostname() }) : memoryMarks(),
    overrides: await priceOverridesOf(db, projectId),
  };
}
