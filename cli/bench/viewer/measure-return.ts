import { randomUUID } from 'node:crypto';
import type { BenchServer } from '../bench-server.ts';
import { printTable } from '../print-table.ts';
import { openRealBrowser } from './open-real-browser.ts';

const missed = 1_200;
const batchSize = 400;
const hourMs = 3_600_000;
const settleMs = 3_000;

/**
 * A tab at the end of a session is hidden and frozen for an hour of the page's clock while messages come, and is
 * shown again: what it asks until it shows the newest.
 */
export async function measureReturn(
  server: BenchServer,
  { sessionId, messages }: { readonly sessionId: string; readonly messages: number },
): Promise<void> {
  const browser = await openRealBrowser();
  try {
    const tab = await browser.openTab({ width: 1280, height: 900 });
    const { page } = tab;
    await page.clock.install();
    await page.goto(`${server.url}/login#token=${server.headers.authorization.replace('Bearer ', '')}`);
    await page.waitForURL(`${server.url}/`);
    await page.goto(`${server.url}/sessions/${sessionId}`);
    await page.locator(`[data-seq="${messages - 1}"] article`).waitFor();
    await page.waitForLoadState('networkidle');

    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await tab.freeze();
    for (let from = 0; from < missed; from += batchSize) await send(server, sessionId);
    await tab.thaw();
    await page.clock.fastForward(hourMs);
    await page.waitForTimeout(settleMs);
    const hidden = asked.splice(0);
    await tab.show();
    const newest = page.locator(`[data-seq="${messages + missed - 1}"] article`);
    await newest.waitFor();
    const untilShown = asked.filter(isForMessages).length;
    await page.waitForTimeout(settleMs);
    printTable(
      [`back after an hour hidden, ${missed.toLocaleString('en')} messages later`, 'figure'],
      [
        ['requests while hidden', hidden.length],
        ['requests for messages until the newest is shown', untilShown],
        ['requests for messages in all', asked.filter(isForMessages).length],
        ['all requests', asked.length],
      ],
    );
  } finally {
    await browser.close();
  }
}

function isForMessages(path: string): boolean {
  return path.endsWith('/messages');
}

async function send(server: BenchServer, session: string): Promise<void> {
  const events = Array.from({ length: batchSize }, (_, index) => ({
    type: 'message',
    id: randomUUID(),
    ts: new Date().toISOString(),
    agent: 'bench',
    session,
    role: 'user',
    content: `message ${index} of those that came meanwhile`,
  }));
  const response = await fetch(`${server.url}/api/ingest`, {
    method: 'POST',
    headers: { ...server.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  if (!response.ok) throw new Error(`Ingest answered ${response.status}: ${await response.text()}`);
}
