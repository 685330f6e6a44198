import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { connect } from '#db/connect.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { findBrowser } from '../browser/find-browser.mjs';
import { openBenchPostgres } from './bench-postgres.ts';
import { type BenchServer, openBenchServer } from './bench-server.ts';
import { describeMachine } from './describe-machine.ts';
import { measurePage, type PageQuestion, type PageTiming } from './pages/measure-page.ts';
import { printTable } from './print-table.ts';
import { median } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';

/**
 * How long the pages take in a real Chromium with 1 million events and 100,000 sessions, each time with an
 * empty cache, and how much script they bring. `--scale 0.01` runs in a minute.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
  },
});
const scale = Number(values.scale);
const rounds = Number(values.rounds);

type Aim = PageQuestion & {
  readonly name: string;
  readonly lcpMsMax: number;
  readonly scriptBytesMax: number;
};

const pages: readonly Aim[] = [
  {
    name: 'overview, 30 days',
    path: '/',
    ready: 'table[aria-label="Spend by model"] tbody tr',
    lcpMsMax: 1_200,
    scriptBytesMax: 220_000,
  },
  {
    name: 'overview, 24 hours by agent',
    path: '/?range=24h&by=agent',
    ready: 'table[aria-label="Spend by model"] tbody tr',
    lcpMsMax: 1_200,
    scriptBytesMax: 220_000,
  },
  {
    name: 'sessions',
    path: '/sessions',
    ready: 'a[href^="/sessions/"]',
    lcpMsMax: 1_000,
    scriptBytesMax: 180_000,
  },
];
const longestTaskMsMax = 200;

const postgres = await openBenchPostgres();
let app: BenchServer | undefined;
try {
  const url = await fill();
  app = await openBenchServer(url);
  await report(app);
} finally {
  await app?.close();
  await postgres.close();
}

async function fill(): Promise<string> {
  const url = new URL(postgres.url);
  const admin = connect({ url: postgres.url, connectionsMax: 1 });
  await admin.unsafe('create database bench_pages');
  process.stdout.write(`${await describeMachine(admin, new Date())}\n\n`);
  await admin.end();
  url.pathname = '/bench_pages';
  await migrateDatabase(url.href);
  const sql = connect({ url: url.href, connectionsMax: 1, statementTimeoutMs: 600_000 });
  const events = 1_000_000 * scale;
  const sessions = 100_000 * scale;
  await generateLedger(sql, { events, sessions, days: 30, endMs: Date.now() });
  await sql.unsafe('checkpoint');
  await sql.end();
  process.stdout.write(
    `${events.toLocaleString('en')} events, ${sessions.toLocaleString('en')} sessions\n\n`,
  );
  return url.href;
}

async function report(server: BenchServer): Promise<void> {
  const { executablePath, env } = await findBrowser({ log: (line) => process.stderr.write(`${line}\n`) });
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage'],
  });
  try {
    const storageState = await signIn(server);
    const rows: string[][] = [];
    for (const question of pages) {
      const timings: PageTiming[] = [];
      // The first one also warms the server, which people start once.
      await measurePage(browser, { url: server.url, storageState, question });
      for (let round = 0; round < rounds; round++) {
        timings.push(await measurePage(browser, { url: server.url, storageState, question }));
      }
      rows.push(toRow(question, timings));
    }
    printTable(
      [
        'median (worst)',
        'LCP, ms',
        'usable, ms',
        'its query, ms',
        'longest task, ms',
        'layout shift',
        'script, kB',
        'aims',
      ],
      rows,
    );
  } finally {
    await browser.close();
  }

  async function signIn({ url, headers }: BenchServer) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/login#token=${headers.authorization.replace('Bearer ', '')}`);
    await page.waitForURL(`${url}/`);
    const state = await context.storageState();
    await context.close();
    return state;
  }
}

function toRow(aim: Aim, timings: readonly PageTiming[]): string[] {
  const of = (take: (timing: PageTiming) => number) => timings.map(take);
  const cell = (numbers: readonly number[], digits = 0) =>
    `${median(numbers).toFixed(digits)} (${Math.max(...numbers).toFixed(digits)})`;
  const lcps = of(({ lcpMs }) => lcpMs);
  const tasks = of(({ longestTaskMs }) => longestTaskMs);
  const bytes = Math.max(...of(({ scriptBytes }) => scriptBytes));
  const misses = [
    median(lcps) > aim.lcpMsMax ? `LCP ${aim.lcpMsMax} missed` : null,
    median(tasks) > longestTaskMsMax ? `task ${longestTaskMsMax} missed` : null,
    bytes > aim.scriptBytesMax ? `script ${aim.scriptBytesMax / 1_000} missed` : null,
  ].filter((miss) => miss !== null);
  return [
    aim.name,
    cell(lcps),
    cell(of(({ usableMs }) => usableMs)),
    cell(of(({ queryMs }) => queryMs)),
    cell(tasks),
    cell(
      of(({ shift }) => shift),
      3,
    ),
    (bytes / 1_000).toFixed(0),
    misses.length === 0 ? 'met' : misses.join(', '),
  ];
}
