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
import { createDatabase } from './create-database.ts';
import { measureMemory, readCpuMs } from './measure-page.ts';
import { measureReturn } from './measure-return.ts';
import { readResidentBytes } from './read-resident-bytes.ts';

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
    await measureReturn(server, { sessionId: longSession.id, messages });
  } finally {
    await server?.close();
    await postgres.close();
  }
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
    const last = JSON.stringify(`[data-seq="${messages - 1}"] article`);
    await context.addInitScript(
      `window.untilStill = ${untilStill.toString()}; window.opening = window.untilStill(${last})`,
    );
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await cdp.send('HeapProfiler.enable');
    const key = server.headers.authorization.replace('Bearer ', '');
    await page.goto(`${server.url}/login#token=${key}`);
    await page.waitForURL(`${server.url}/`);
    await page.goto(`${server.url}/sessions`);
    await page.waitForLoadState('networkidle');
    const app = await measureMemory(cdp);
    const path = `${server.url}/sessions/${longSession.id}`;
    const openings: Opening[] = [];
    for (let open = 0; open < opens; open++) openings.push(await openAt(page, path));
    await page.waitForLoadState('networkidle');
    const nodes = await page.evaluate(() => document.querySelectorAll('[role=feed] *').length);

    const opened = await measureMemory(cdp);

    const jumpMs = [];
    const jumpCpuMs = [];
    const requests = [];
    let wrong = 0;
    const rss: number[] = [await readResidentBytes(server.pid)];
    for (let jump = 0; jump < jumps; jump++) {
      const fixed = [Math.floor(messages * 0.734), 0, messages - 1];
      const seq = fixed[jump] ?? Math.floor((jump * 0.618_034 * messages) % messages);
      const cpuMs = await readCpuMs(cdp);
      const { ms, asked, isRight } = await jumpTo(page, seq);
      jumpCpuMs.push((await readCpuMs(cdp)) - cpuMs);
      jumpMs.push(ms);
      requests.push(asked);
      if (!isRight) wrong += 1;
    }
    rss.push(await readResidentBytes(server.pid));
    const after = await measureMemory(cdp);
    printTable(
      [`the app, ${messages.toLocaleString('en')} messages in Postgres`, 'p50', 'p95'],
      [
        [
          'open at the tail, from the answer to rows settled, ms',
          ...pair(openings.map(({ fromAnswerMs }) => fromAnswerMs)),
        ],
        [
          'open at the tail, from the request for the page to rows settled, ms',
          ...pair(openings.map(({ fromRequestMs }) => fromRequestMs)),
        ],
        ['jump, from asking to the right row settled, ms', ...pair(jumpMs)],
        ['CPU time of the page for it and for the pages beside it, ms', ...pair(jumpCpuMs)],
        ['requests until it is shown', ...pair(requests)],
      ],
    );
    printTable(
      ['', 'figure'],
      [
        [`jumps that show another message, of ${jumps}`, wrong],
        ['nodes in the list', nodes],
        ['heap over the sessions page once open, MB', round((opened.heapBytes - app.heapBytes) / 1e6)],
        ['heap over the sessions page after all jumps, MB', round((after.heapBytes - app.heapBytes) / 1e6)],
        ['server memory before and after, MB', rss.map((bytes) => round(bytes / 1e6)).join(' -> ')],
      ],
    );
  } finally {
    await browser.close();
  }
}

type Opening = { readonly fromAnswerMs: number; readonly fromRequestMs: number };

/**
 * Until the last row has stood still for three frames: from the request for the page, and from when its messages
 * could be drawn, which is when they and the session were answered and the page's programs asked their first question.
 */
async function openAt(page: Page, path: string): Promise<Opening> {
  await page.goto('about:blank');
  await page.goto(path, { waitUntil: 'commit' });
  const { since } = await page.evaluate(() => window.opening);
  const asked = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, startTime, responseEnd }) => ({ path: new URL(name).pathname, startTime, responseEnd })),
  );
  const api = `/api${new URL(path).pathname}`;
  const readyMs = Math.max(
    ...[api, `${api}/messages`].map(
      (name) => asked.find((entry) => entry.path === name)?.responseEnd ?? Number.NaN,
    ),
    asked.find((entry) => entry.path === '/api/alerts')?.startTime ?? Number.NaN,
  );
  return { fromAnswerMs: since - readyMs, fromRequestMs: since };
}

/** Requests are those that were sent before the answer with the row was there; what comes after it reads ahead. */
async function jumpTo(page: Page, seq: number) {
  const result = await page.evaluate(
    async ({ target, selector }) => {
      const start = performance.now();
      window.location.hash = `#${target}`;
      const { since, isShown } = await window.untilStill(selector);
      const asked = performance
        .getEntriesByType('resource')
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ name, startTime }) => /\/messages\?/.test(name) && startTime >= start)
        .map(({ name, startTime, responseEnd }) => ({
          search: new URL(name).searchParams,
          startTime,
          responseEnd,
        }));
      const answered = asked.find(
        ({ search }) =>
          Number(search.get('from')) <= target &&
          Number(search.get('from')) + Number(search.get('limit')) > target,
      );
      const needed = asked.filter(({ startTime }) => startTime < (answered?.responseEnd ?? 0));
      return { ms: since - start, isRight: isShown, asked: needed.length };
    },
    { target: seq, selector: `[data-seq="${seq}"] article` },
  );
  await page.waitForLoadState('networkidle');
  // The browser lists only so many.
  await page.evaluate(() => performance.clearResourceTimings());
  return result;
}

declare global {
  interface Window {
    untilStill: typeof untilStill;
    /** Begun before the page's own programs, so that nothing that asks from outside is measured with them. */
    opening: ReturnType<typeof untilStill>;
  }
}

/**
 * Runs in the page, by its text: it may hold no function of its own. @returns since when what it names has stood
 * still for three frames, and whether it is on the screen.
 */
async function untilStill(selector: string) {
  let place = Number.NaN;
  let since = performance.now();
  let isShown = false;
  let still = 0;
  for (let frames = 0; frames < 600 && still < 3; frames++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const feed = document.querySelector('[role=feed]')?.getBoundingClientRect();
    const row = document.querySelector(selector)?.getBoundingClientRect();
    isShown = !!feed && !!row && row.top >= feed.top - 40 && row.bottom <= feed.bottom + row.height;
    const top = row?.top ?? Number.NaN;
    if (top === place) {
      still += 1;
    } else {
      still = 0;
      place = top;
      since = performance.now();
    }
  }
  return { since, isShown };
}

function pair(values: readonly number[]): readonly [number, number] {
  return [round(quantile(values, 0.5)), round(quantile(values, 0.95))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
