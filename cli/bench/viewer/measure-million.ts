import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '#cli/browser/find-browser.mjs';
import { connect } from '#db/connect.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { openBenchPostgres } from '../bench-postgres.ts';
import { type BenchServer, openBenchServer } from '../bench-server.ts';
import { describeMachine } from '../describe-machine.ts';
import { printTable } from '../print-table.ts';
import { quantile } from '../quantile.ts';
import { generateMessages, longSession } from '../read/generate-messages.ts';
import { measureMemory } from './measure-page.ts';

const opens = 20;
const jumps = 60;

/** The app itself, in a browser, on a session of so many messages in Postgres. */
export async function measureMillion({ messages }: { readonly messages: number }): Promise<void> {
  const postgres = await openBenchPostgres();
  let server: BenchServer | null = null;
  try {
    const url = await createDatabase(postgres.url);
    await migrateDatabase(url);
    const sql = connect({ url, connectionsMax: 1, statementTimeoutMs: 600_000 });
    await sql.unsafe(
      `insert into projects (id, slug, name) values (1, 'bench', 'Bench') on conflict do nothing`,
    );
    await sql.unsafe(
      `insert into agents (project_id, id, name) values (1, 1, 'bench') on conflict do nothing`,
    );
    await generateMessages(sql, { messages, endMs: Date.now() });
    process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
    await sql.end();
    server = await openBenchServer(url);
    await measureInBrowser(server, messages);
  } finally {
    await server?.close();
    await postgres.close();
  }
}

async function createDatabase(serverUrl: string): Promise<string> {
  const admin = connect({ url: serverUrl, connectionsMax: 1 });
  await admin.unsafe('create database viewer');
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = '/viewer';
  return url.href;
}

async function measureInBrowser(server: BenchServer, messages: number): Promise<void> {
  const { executablePath, env } = await findBrowser({ log: () => {} });
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env } as Record<string, string>,
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    // The page's policy allows no text as program; what is put in before it is not bound by that.
    await context.addInitScript(`window.untilStill = ${untilStill.toString()}`);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    await cdp.send('HeapProfiler.enable');
    const key = server.headers.authorization.replace('Bearer ', '');
    await page.goto(`${server.url}/login#token=${key}`);
    await page.waitForURL(`${server.url}/`);
    await page.goto(`${server.url}/sessions`);
    await page.waitForLoadState('networkidle');
    const app = await measureMemory(cdp);
    const path = `${server.url}/sessions/${longSession.id}`;
    const openMs = [];
    for (let open = 0; open < opens; open++) openMs.push(await openAt(page, path, messages - 1));
    const nodes = await page.evaluate(() => document.querySelectorAll('[role=feed] *').length);

    const jumpMs = [];
    const requests = [];
    let wrong = 0;
    const rss: number[] = [await readRss(server.pid)];
    for (let jump = 0; jump < jumps; jump++) {
      const fixed = [Math.floor(messages * 0.734), 0, messages - 1];
      const seq = fixed[jump] ?? Math.floor((jump * 0.618_034 * messages) % messages);
      const { ms, asked, isRight } = await jumpTo(page, seq);
      jumpMs.push(ms);
      requests.push(asked);
      if (!isRight) wrong += 1;
    }
    rss.push(await readRss(server.pid));
    const after = await measureMemory(cdp);
    printTable(
      [`the app, ${messages.toLocaleString('en')} messages in Postgres`, 'p50', 'p95'],
      [
        ['open at the tail, from the answer to rows settled, ms', ...pair(openMs)],
        ['jump, from asking to the right row settled, ms', ...pair(jumpMs)],
        ['requests until it is shown', ...pair(requests)],
      ],
    );
    printTable(
      ['', 'figure'],
      [
        [`jumps that show another message, of ${jumps}`, wrong],
        ['nodes in the list', nodes],
        ['heap over the sessions page after all jumps, MB', round((after.heapBytes - app.heapBytes) / 1e6)],
        ['server memory before and after, MB', rss.map((bytes) => round(bytes / 1e6)).join(' -> ')],
      ],
    );
  } finally {
    await browser.close();
  }
}

/** From the moment the page of messages was answered until the last row has stood still for three frames. */
async function openAt(page: Page, path: string, lastSeq: number): Promise<number> {
  const answered = page.waitForResponse((response) => /\/messages\?/.test(response.url()));
  await page.goto('about:blank');
  await page.goto(path, { waitUntil: 'commit' });
  const response = await answered;
  await page.getByRole('feed').waitFor();
  const settledAt = await page.evaluate(untilStill, `[data-seq="${lastSeq}"] article`);
  const answeredAt = await page.evaluate((url) => {
    const entry = performance.getEntriesByName(url)[0];
    return entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0;
  }, response.url());
  return settledAt - answeredAt;
}

async function jumpTo(page: Page, seq: number) {
  let asked = 0;
  const count = (request: { url(): string }) => {
    if (/\/messages\?/.test(request.url())) asked += 1;
  };
  page.on('request', count);
  const result = await page.evaluate(
    async ({ target, selector }) => {
      const start = performance.now();
      window.location.hash = `#${target}`;
      const end = await window.untilStill(selector);
      const feed = document.querySelector('[role=feed]')?.getBoundingClientRect();
      const row = document.querySelector(selector)?.getBoundingClientRect();
      const isRight = !!feed && !!row && row.top >= feed.top - 40 && row.bottom <= feed.bottom + row.height;
      return { ms: end - start, isRight };
    },
    { target: seq, selector: `[data-seq="${seq}"] article` },
  );
  page.off('request', count);
  await page.waitForLoadState('networkidle');
  return { ...result, asked };
}

declare global {
  interface Window {
    untilStill: typeof untilStill;
  }
}

/** Runs in the page; @returns since when what it names has stood still for three frames. */
async function untilStill(selector: string): Promise<number> {
  let place = Number.NaN;
  let since = performance.now();
  let still = 0;
  for (let frames = 0; frames < 600 && still < 3; frames++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const top = document.querySelector(selector)?.getBoundingClientRect().top ?? Number.NaN;
    if (top === place) {
      still += 1;
    } else {
      still = 0;
      place = top;
      since = performance.now();
    }
  }
  return since;
}

async function readRss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1_024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

function pair(values: readonly number[]): readonly [number, number] {
  return [round(quantile(values, 0.5)), round(quantile(values, 0.95))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
