import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { type BenchServer, openBenchServer } from './bench-server.ts';
import { describeMachine } from './describe-machine.ts';
import { checkLedger } from './ledger-totals.ts';
import { printTable } from './print-table.ts';
import { median } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';
import { generateMessages } from './read/generate-messages.ts';
import { type Ask, measureQuestions, type Timing } from './read/measure-questions.ts';
import { messageQuestions, type Question, sessionQuestions, usageQuestions } from './read/questions.ts';

/**
 * How long reads take with 100 thousand, 1 million and 10 million events, each in a database of its own and
 * asked in turns: as use cases, and over HTTP. `--scale 0.01` runs in a minute.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '100' },
    'no-http': { type: 'boolean', default: false },
    /** Leaves the databases there, prints where, and waits for Ctrl-C: to explain a query by hand. */
    keep: { type: 'boolean', default: false },
  },
});
const scale = Number(values.scale);
const sizes = [100_000, 1_000_000, 10_000_000].map((events) => Math.max(2_000, events * scale));
const messages = Math.max(2_000, 2_000_000 * scale);
const endMs = Date.now();
const deepPages = 20;

type Site = {
  readonly events: number;
  readonly url: string;
  readonly db: Database;
  readonly questions: readonly Question[];
};

const server = await openBenchPostgres();
const sites: Site[] = [];
const servers: BenchServer[] = [];
try {
  for (const events of sizes) sites.push(await buildSite(events));
  const admin = connect({ url: server.url, connectionsMax: 1 });
  process.stdout.write(`${await describeMachine(admin, new Date())}\n\n`);
  await admin.end();
  await report('Use case', (site, question) => () => question.ask(site.db));
  if (!values['no-http']) {
    for (const site of sites) servers.push(await openBenchServer(site.url));
    await report('HTTP', (_, question, index) => overHttp(servers[index], question));
  }
  if (values.keep) await waitForInterrupt();
} finally {
  for (const running of servers) await running.close();
  for (const { db } of sites) await db.close();
  await server.close();
}

async function buildSite(events: number): Promise<Site> {
  const url = new URL(server.url);
  const admin = connect({ url: server.url, connectionsMax: 1 });
  await admin.unsafe(`create database bench_${events}`);
  await admin.end();
  url.pathname = `/bench_${events}`;
  await migrateDatabase(url.href);
  const sql = connect({ url: url.href, connectionsMax: 1, statementTimeoutMs: 600_000 });
  const db = openDatabase({ url: url.href, connectionsMax: 4 });
  const start = performance.now();
  const sessions = Math.round(Math.min(100_000 * scale, events / 100));
  await generateLedger(sql, { events, sessions, days: 30, endMs });
  const isLargest = events === sizes.at(-1);
  if (isLargest) await generateMessages(sql, { messages, endMs });
  const { calls } = await checkLedger(sql);
  await sql.unsafe('checkpoint');
  await sql.end();
  const seconds = Math.round((performance.now() - start) / 1_000);
  process.stdout.write(
    `${calls.toLocaleString('en')} events, ${sessions} sessions: rollups equal events; made in ${seconds} s\n`,
  );
  const questions = [
    ...usageQuestions(endMs),
    ...(await sessionQuestions(db, Math.ceil((deepPages * sessions) / 10_000))),
    ...(isLargest ? messageQuestions(messages) : []),
  ];
  return { events, url: url.href, db, questions };
}

async function report(
  way: string,
  toAsk: (site: Site, question: Question, siteIndex: number) => Ask,
): Promise<void> {
  const asks = new Map<string, Ask>();
  for (const [index, site] of sites.entries()) {
    for (const question of site.questions)
      asks.set(`${question.name}|${site.events}`, answered(question, toAsk(site, question, index)));
  }
  const timings = await measureQuestions(asks, Number(values.rounds));
  const names = sites.at(-1)?.questions.map(({ name }) => name) ?? [];
  const cell = (timing: Timing | undefined) =>
    timing === undefined ? '' : `${timing.p50Ms.toFixed(1)} / ${timing.p95Ms.toFixed(1)}`;
  const firstPage = timings.get(`messages, first page|${sizes.at(-1)}`);
  const rows = names.map((name) => {
    const all = sizes.map((events) => timings.get(`${name}|${events}`));
    const base = name.startsWith('messages') ? firstPage : all[0];
    const ratio = (all.at(-1)?.p50Ms ?? 0) / (base?.p50Ms ?? 1);
    return [name, ...all.map(cell), ratio.toFixed(2)];
  });
  printTable(
    [
      `${way}: p50 / p95 ms`,
      ...sizes.map((events) => `${events.toLocaleString('en')} events`),
      'largest / smallest',
    ],
    rows,
  );
  process.stdout.write(
    `median of p50s: ${median([...timings.values()].map(({ p50Ms }) => p50Ms)).toFixed(1)} ms\n\n`,
  );
}

/** No rows are the right answer to some questions, and to no other. */
function answered({ name, isEmpty }: Question, ask: Ask): Ask {
  if (!isEmpty) return ask;
  return async () => {
    if ((await ask()) > 0) throw new Error(`Rows: ${name}`);
    return 1;
  };
}

function overHttp(running: BenchServer | undefined, question: Question): Ask {
  if (running === undefined) throw new Error('There is a server for each database.');
  return async () => {
    const response = await fetch(running.url + question.path, { headers: running.headers });
    const body: unknown = await response.json();
    const list = typeof body === 'object' && body !== null ? Reflect.get(body, question.list) : undefined;
    if (!response.ok || !Array.isArray(list))
      throw new Error(`${response.status} ${JSON.stringify(body).slice(0, 300)}`);
    return list.length;
  };
}

function waitForInterrupt(): Promise<void> {
  process.stdout.write(`${sites.map(({ url }) => url).join('\n')}\nCtrl-C ends and removes them.\n`);
  return new Promise((resolve) => process.once('SIGINT', resolve));
}
