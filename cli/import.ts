import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { logFinder } from './import/find-logs.ts';
import { memoryMarks } from './import/memory-marks.ts';
import { type ImportArgs, importUsage, parseImportArgs } from './import/parse-import-args.ts';
import type { SummaryOptions } from './import/print-summary.ts';
import { progressBar } from './import/progress-bar.ts';
import { importRun } from './import/run-import.ts';
import { standardPlaces } from './import/standard-places.ts';
import { summaryJson } from './import/summary-json.ts';
import { watchLogs } from './import/watch-logs.ts';

try {
  const args = parseImportArgs(process.argv.slice(2), process.env);
  if (args === 'help') process.stdout.write(importUsage);
  else await runImport(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Loaded only where something is stored: a dry run starts in half the time. */
async function openTarget(args: ImportArgs) {
  const { openTarget: open } = await import('./import/open-target.ts');
  return open(args);
}

async function showSummary(options: SummaryOptions) {
  const { printSummary } = await import('./import/print-summary.ts');
  printSummary(options);
}

async function runImport(args: ImportArgs): Promise<void> {
  const startedMs = performance.now();
  const stop = new AbortController();
  // The second Ctrl-C finds no listener and ends the process at once, which loses nothing but time.
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const target = args.isDryRun
    ? { store: null, marks: memoryMarks(), overrides: [] }
    : await openTarget(args);
  try {
    const named = args.paths.map((path) => resolve(path));
    const missing = named.find((path) => !existsSync(path));
    if (missing !== undefined) throw new Error(`There is no file or folder ${missing}.`);
    const finder = logFinder(named.length > 0 ? named : standardPlaces(homedir(), process.env));
    const sources = await finder.find();
    const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
    const bar = progressBar(sources.length, bytes);
    const { signal } = stop;
    const run = importRun({ ...target, sinceMs: args.sinceMs, signal, onProgress: bar.update });
    try {
      await run.take(sources);
    } finally {
      bar.stop();
    }
    const elapsedMs = performance.now() - startedMs;
    if (args.isJson) console.log(JSON.stringify(summaryJson(run, { ...args, elapsedMs }), null, 2));
    else await showSummary({ run, elapsedMs, isDryRun: args.isDryRun });
    if (args.isWatching && !signal.aborted) {
      console.error('Following the logs. Ctrl-C ends it.');
      await watchLogs(sources, { finder, signal, onChange: (changed) => announced(run, changed) });
    } else if (signal.aborted) {
      console.error('Stopped. What was read so far is stored; the same command goes on from there.');
      process.exitCode = 130;
    }
  } finally {
    await target.store?.close();
  }
}

async function announced(run: ReturnType<typeof importRun>, ...[sources]: Parameters<typeof run.take>) {
  const before = run.counts().accepted;
  await run.take(sources);
  const events = run.counts().accepted - before;
  if (events > 0) console.error(`${new Date().toISOString()}  ${events} new events`);
}
