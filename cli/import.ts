import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { openDatabase } from '#db/database.ts';
import { env } from '#lib/env.ts';
import { defaultProjectId } from '#lib/server/auth/auth-service.ts';
import { priceOverridesOf } from '#lib/server/pricing/price-overrides-of.ts';
import { findLogs } from './import/find-logs.ts';
import { memoryMarks } from './import/import-marks.ts';
import { ledgerStore } from './import/ledger-store.ts';
import { nowhere } from './import/nowhere.ts';
import { type ImportArgs, importUsage, parseImportArgs } from './import/parse-import-args.ts';
import { printSummary } from './import/print-summary.ts';
import { progressBar } from './import/progress-bar.ts';
import { importRun } from './import/run-import.ts';
import { standardPlaces } from './import/standard-places.ts';
import { summaryJson } from './import/summary-json.ts';
import { getRunningApp } from './running-app.ts';

try {
  const args = parseImportArgs(process.argv.slice(2), process.env);
  if (args === 'help') process.stdout.write(importUsage);
  else await runImport(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function runImport(args: ImportArgs): Promise<void> {
  const startedMs = performance.now();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const target = await openTarget(args);
  try {
    const paths =
      args.paths.length > 0
        ? args.paths.map((path) => resolve(path))
        : standardPlaces(homedir(), process.env);
    const sources = await findLogs(paths);
    const bar = progressBar(
      sources.length,
      sources.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    const run = importRun({
      ...target,
      sinceMs: args.sinceMs,
      signal: stop.signal,
      onProgress: bar.update,
    });
    try {
      await run.take(sources);
    } finally {
      bar.stop();
    }
    const elapsedMs = performance.now() - startedMs;
    if (args.isJson)
      console.log(JSON.stringify(summaryJson(run, { isDryRun: args.isDryRun, elapsedMs }), null, 2));
    else printSummary({ run, elapsedMs, isDryRun: args.isDryRun });
  } finally {
    await target.store.close();
  }
}

async function openTarget(args: ImportArgs) {
  if (args.isDryRun) return { store: nowhere, marks: memoryMarks(), overrides: [] };
  const app = getRunningApp(env());
  const db = openDatabase({ url: app.databaseUrl, connectionsMax: 4 });
  return {
    store: ledgerStore(db, { projectId: defaultProjectId, redact: env().PLIMSOLL_REDACT === '1' }),
    marks: memoryMarks(),
    overrides: await priceOverridesOf(db, defaultProjectId),
  };
}
