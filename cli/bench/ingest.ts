import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { type BenchServer, openBenchServer } from './bench-server.ts';
import { describeMachine } from './describe-machine.ts';
import type { LoadFigures } from './ingest/load-plan.ts';
import { measureCopy } from './ingest/measure-copy.ts';
import { measureLoad } from './ingest/measure-load.ts';
import { openFloorServer } from './ingest/open-floor-server.ts';
import { checkLedger } from './ledger-totals.ts';
import { printTable } from './print-table.ts';
import { median } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';

/**
 * How many events a second come from HTTP to their commit, with all sums, beside how many rows a second a
 * bare COPY of the same rows writes; for single events also beside a bare node:http server that gets the same
 * load and stores nothing. `--events 20000 --repeats 1` runs in a minute; `--rows-before 10000000` also
 * measures on a ledger of that size.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    singles: { type: 'string', default: '60000' },
    repeats: { type: 'string', default: '3' },
    'rows-before': { type: 'string', default: '0' },
    ids: { type: 'string', default: 'uuid' },
  },
});
const events = Number(values.events);
const ids = values.ids === 'text' ? 'text' : 'uuid';
const singles = { clients: 32, eventsPerRequest: 1, events: Number(values.singles) } as const;
const singlesName = 'single events, 32 clients';
const floorName = 'the same to a bare node:http';
const shapes = [
  { name: 'batches of 1,000, 8 clients', clients: 8, eventsPerRequest: 1_000, events },
  { name: 'batches of 1,000, 32 clients', clients: 32, eventsPerRequest: 1_000, events },
  { name: 'batches of 100, 8 clients', clients: 8, eventsPerRequest: 100, events },
  { name: 'batches of 100, 32 clients', clients: 32, eventsPerRequest: 100, events },
  { name: singlesName, ...singles },
] as const;
const growthShape = { clients: 8, eventsPerRequest: 100, events: 100_000, ids } as const;

const postgres = await openBenchPostgres();
const servers: BenchServer[] = [];
try {
  await migrateDatabase(postgres.url);
  const sql = connect({ url: postgres.url, connectionsMax: 1 });
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  await measureShapes(await openServer(postgres.url));
  const { calls, costPicoUsd } = await checkLedger(sql);
  await sql.end();
  await checkApi(calls, costPicoUsd);
  if (Number(values['rows-before']) > 0) await measureGrowth(Number(values['rows-before']));
} finally {
  for (const server of servers) await server.close();
  await postgres.close();
}

async function openServer(databaseUrl: string): Promise<BenchServer> {
  const server = await openBenchServer(databaseUrl);
  servers.push(server);
  return server;
}

async function measureShapes(server: BenchServer): Promise<void> {
  const runs = new Map<string, LoadFigures[]>();
  const note = (name: string, figures: LoadFigures) => runs.set(name, [...(runs.get(name) ?? []), figures]);
  const floor = await openFloorServer();
  servers.push(floor);
  for (const shape of shapes) {
    await measureLoad(server, postgres.pid, { ...shape, events: Math.min(20_000, shape.events), ids });
  }
  await measureLoad(floor, postgres.pid, { ...singles, events: Math.min(20_000, singles.events), ids });
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    for (const connections of [1, 2]) {
      const limit = { databaseUrl: postgres.url, postgresPid: postgres.pid, connections, rows: events };
      note(
        `COPY of 1,000 rows, ${connections} connection${connections > 1 ? 's' : ''}`,
        await measureCopy(limit),
      );
    }
    for (const shape of shapes) note(shape.name, await measureLoad(server, postgres.pid, { ...shape, ids }));
    note(floorName, await measureLoad(floor, postgres.pid, { ...singles, ids }));
  }
  const medians = new Map([...runs].map(([name, figures]) => [name, mediansOf(figures)]));
  const limits = [...medians.values()].slice(0, 2).map(({ eventsPerSecond }) => eventsPerSecond);
  printFigures(medians, limits);
  printFloor(medians);
}

/** What is left of the machine's best: the bare server's rate holds the load's own share of the CPU too. */
function printFloor(runs: ReadonlyMap<string, LoadFigures>): void {
  const [ours, floor] = [runs.get(singlesName), runs.get(floorName)];
  if (ours === undefined || floor === undefined) return;
  const share = (ours.eventsPerSecond / floor.eventsPerSecond).toFixed(2);
  process.stdout.write(
    `Single events come at ${share} of the rate of a bare node:http server, which takes ${floor.nodeMicrosPerEvent.toFixed(1)} µs of CPU a request; making the load takes ${floor.loadMicrosPerEvent.toFixed(1)}.\n\n`,
  );
}

function mediansOf(runs: readonly LoadFigures[]): LoadFigures {
  const of = (name: keyof LoadFigures) => median(runs.map((run) => run[name]));
  return {
    eventsPerSecond: of('eventsPerSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    nodeMicrosPerEvent: of('nodeMicrosPerEvent'),
    postgresMicrosPerEvent: of('postgresMicrosPerEvent'),
    loadMicrosPerEvent: of('loadMicrosPerEvent'),
    refusals: of('refusals'),
  };
}

function printFigures(runs: ReadonlyMap<string, LoadFigures>, limits: readonly number[]): void {
  const head = ['', 'events/s', 'p50 ms', 'p99 ms', 'Node µs', 'Postgres µs', 'load µs', 'refused'];
  printTable(
    [...head, ...limits.map((_, index) => `of COPY x ${index + 1}`)],
    [...runs].map(([name, figures]) => [
      name,
      Math.round(figures.eventsPerSecond).toLocaleString('en'),
      figures.p50Ms.toFixed(1),
      figures.p99Ms.toFixed(1),
      figures.nodeMicrosPerEvent.toFixed(1),
      figures.postgresMicrosPerEvent.toFixed(1),
      figures.loadMicrosPerEvent.toFixed(1),
      figures.refusals,
      ...limits.map((limit) => (figures.eventsPerSecond / limit).toFixed(2)),
    ]),
  );
}

/** @throws Error when the API's total is not what the ledger holds */
async function checkApi(calls: number, costPicoUsd: string): Promise<void> {
  const [server] = servers;
  const from = new Date(Date.now() - 86_400_000).toISOString();
  const to = new Date(Date.now() + 86_400_000).toISOString();
  const response = await fetch(`${server?.url}/api/usage?from=${from}&to=${to}&tz=UTC&bucket=total`, {
    ...(server && { headers: server.headers }),
  });
  const text = await response.text();
  const shown = /"calls":(\d+).*?"costUsd":"([\d.]+)"/.exec(text);
  const [whole = '0', part = ''] = (shown?.[2] ?? '').split('.');
  const shownPicoUsd = BigInt(whole + part.padEnd(12, '0'));
  if (Number(shown?.[1]) !== calls || shownPicoUsd !== BigInt(costPicoUsd)) {
    throw new Error(
      `The API shows ${text.slice(0, 500)}, the ledger holds ${calls} calls for ${costPicoUsd}.`,
    );
  }
  process.stdout.write(
    `${calls.toLocaleString('en')} events = rollups + deltas = API total, cost included.\n\n`,
  );
}

/** A young ledger and a grown one, in turns. */
async function measureGrowth(rowsBefore: number): Promise<void> {
  const young = await openServer(await makeDatabase('young'));
  const grownUrl = await makeDatabase('grown');
  const sql = connect({ url: grownUrl, connectionsMax: 1, statementTimeoutMs: 600_000 });
  await generateLedger(sql, { events: rowsBefore, sessions: 100_000, days: 30, endMs: Date.now() });
  await sql.unsafe('checkpoint');
  await sql.end();
  const grown = await openServer(grownUrl);
  const runs = new Map<string, LoadFigures[]>([
    ['first 100,000 events', []],
    [`after ${rowsBefore.toLocaleString('en')}`, []],
  ]);
  const sites = [young, grown];
  for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
    for (const [index, figures] of [...runs.values()].entries()) {
      const site = sites[index];
      if (site) figures.push(await measureLoad(site, postgres.pid, growthShape));
    }
  }
  const medians = new Map([...runs].map(([name, figures]) => [name, mediansOf(figures)]));
  printFigures(medians, [[...medians.values()][0]?.eventsPerSecond ?? 1]);
}

async function makeDatabase(name: string): Promise<string> {
  const admin = connect({ url: postgres.url, connectionsMax: 1 });
  await admin.unsafe(`create database bench_${name}`);
  await admin.end();
  const url = new URL(postgres.url);
  url.pathname = `/bench_${name}`;
  await migrateDatabase(url.href);
  return url.href;
}
