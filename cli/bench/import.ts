import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findSharedData } from '#cli/import/testing/shared-data.ts';
import { connect } from '#db/connect.ts';
import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import { compactor } from '#lib/server/jobs/compact.ts';
import { repositoryRoot } from '../launcher/repository-root.mjs';
import { openBenchPostgres } from './bench-postgres.ts';
import { describeMachine } from './describe-machine.ts';
import { type Corpus, copyTranscripts } from './import/copy-transcripts.ts';
import { installCcusage } from './import/install-ccusage.ts';
import { type Measured, measureCommand } from './import/measure-command.ts';
import { printTable } from './print-table.ts';
import { median } from './quantile.ts';

/**
 * How fast logs are read, alone and into the ledger, beside ccusage on the same files in the same run. Each
 * command is a process of its own, timed from its start; they take turns. `--copies 10 --repeats 1` takes a
 * minute.
 */
const { values } = parseArgs({
  options: { copies: { type: 'string', default: '100' }, repeats: { type: 'string', default: '3' } },
});
const copies = Number(values.copies);
const repeats = Number(values.repeats);
const importCommand = ['--conditions=react-server', join(repositoryRoot, 'cli/import.mjs'), '--json'];

type Contender = { readonly name: string; readonly run: () => Promise<Measured> };

const folder = await mkdtemp(join(tmpdir(), 'plimsoll-bench-import-'));
await chmod(folder, 0o711);
try {
  await bench();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const shared = findSharedData();
  const from =
    shared === null
      ? join(repositoryRoot, 'cli/import/fixtures/claude/projects')
      : join(shared, 'transcripts/claude/projects');
  if (shared === null)
    console.log('The real transcripts are not here: the small hand-made ones are copied instead.');
  const corpus = await copyTranscripts(from, { folder: join(folder, 'claude'), copies });
  const postgres = await openBenchPostgres();
  try {
    const sql = connect({ url: postgres.url, connectionsMax: 1 });
    console.log(`${await describeMachine(sql, new Date())}\n`);
    await sql.end();
    console.log(
      `${corpus.files} Claude Code sessions, ${(corpus.bytes / 1e6).toFixed(0)} MB: ${copies} copies with ids of their own.\n`,
    );
    await measureAll(corpus, postgres.url);
  } finally {
    await postgres.close();
  }
}

async function measureAll(corpus: Corpus, serverUrl: string): Promise<void> {
  const contenders: Contender[] = [
    {
      name: 'import --dry-run (all of parsing: calls, messages, operations)',
      run: () => measureCommand([process.execPath, ...importCommand, '--dry-run', corpus.folder], {}),
    },
  ];
  for (const range of ['18', '20']) {
    const installed = await installCcusage(range, join(folder, `ccusage-${range}`));
    if ('reason' in installed) console.log(`ccusage ${range} does not run here: ${installed.reason}\n`);
    else contenders.push(ccusage(installed.version, installed.program, corpus));
  }
  // The first start after a change compiles the importer, which is not what is measured.
  await measureCommand([process.execPath, ...importCommand, '--help'], {});
  const figures = new Map<string, Measured[]>();
  for (let round = 0; round < repeats; round++) {
    for (const { name, run } of contenders) figures.set(name, [...(figures.get(name) ?? []), await run()]);
    const stored = await measureStore(corpus, serverUrl, round);
    figures.set('import into a fresh ledger', [...(figures.get('import into a fresh ledger') ?? []), stored]);
  }
  printFigures(corpus, figures);
}

function ccusage(version: string, program: string, corpus: Corpus): Contender {
  const environment = { CLAUDE_CONFIG_DIR: corpus.folder, HOME: folder };
  return {
    name: `ccusage ${version} daily --offline`,
    run: () => measureCommand([program, 'daily', '--offline', '--json'], environment),
  };
}

/** With the compactor at work, as the app runs it. */
async function measureStore(corpus: Corpus, serverUrl: string, round: number): Promise<Measured> {
  const name = `import_${round}`;
  const sql = connect({ url: serverUrl, connectionsMax: 1 });
  await sql.unsafe(`create database ${name}`);
  await sql.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrateDatabase(url.href);
  const db = openDatabase({ url: url.href, connectionsMax: 2 });
  await ensureProject(db);
  const compact = compactor(db);
  const timer = setInterval(() => void compact().catch(() => undefined), 1_000);
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  try {
    return await measureCommand([process.execPath, ...importCommand, corpus.folder], {
      DATABASE_URL: url.href,
      PLIMSOLL_DATA_DIR: dataDir,
    });
  } finally {
    clearInterval(timer);
    await db.close();
  }
}

function printFigures(corpus: Corpus, figures: ReadonlyMap<string, readonly Measured[]>): void {
  const seconds = (runs: readonly Measured[]) => median(runs.map((run) => run.seconds));
  const [, first = []] = [...figures][0] ?? [];
  printTable(
    ['command', 'seconds', 'MB/s', 'peak MB (with its processes)', 'times the first'],
    [...figures].map(([name, runs]) => [
      name,
      seconds(runs).toFixed(2),
      (corpus.bytes / 1e6 / seconds(runs)).toFixed(0),
      median(runs.map((run) => run.peakMegabytes ?? 0)).toFixed(0),
      (seconds(runs) / seconds(first)).toFixed(2),
    ]),
  );
}
