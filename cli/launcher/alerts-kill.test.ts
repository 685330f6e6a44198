import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningApp, startApp } from '../kill/running-app.ts';

const adminKey = 'an-admin-key-of-the-environment';
const dataDir = mkdtempSync(path.join(tmpdir(), 'plimsoll-alerts-'));
const received: { readonly id: string; readonly rule: string; readonly answered: number }[] = [];
let answerStatus = 200;
let app: RunningApp;
let receiver: Server;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const id = String(request.headers['plimsoll-delivery']);
      received.push({ id, rule: JSON.parse(body).rule, answered: answerStatus });
      response.writeHead(answerStatus).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  app = await startApp({ dataDir, adminKey });
}, 300_000);
afterAll(async () => {
  await app.stop();
  receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function post(route: string, body: unknown, expected: number): Promise<void> {
  const answer = await fetch(`${app.url}${route}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBe(expected);
}

/** 60 cents each. */
const spend = (ids: readonly string[]) =>
  post(
    '/api/ingest',
    ids.map((id) => ({
      type: 'usage',
      id,
      ts: new Date().toISOString(),
      agent: 'coder',
      session: 'session-1',
      source: 'direct',
      provider: 'openai',
      model: 'gpt-4o-mini',
      inputTokens: 0,
      outputTokens: 1_000_000,
    })),
    200,
  );

async function killAndStart(): Promise<void> {
  await app.killEverything();
  app = await startApp({ dataDir, adminKey });
}

const rulesDelivered = () => received.filter(({ answered }) => answered === 200).map(({ rule }) => rule);
/** Killed before the answer was written down, an attempt is made again when its claim of a minute is over. */
const untilDelivered = (rules: readonly string[]) =>
  vi.waitFor(() => expect(rulesDelivered()).toEqual(rules), { timeout: 100_000, interval: 50 });

test('what fired is told once over kills of the app, with the id under which it was first tried', async () => {
  const { port } = receiver.address() as AddressInfo;
  await post('/api/alerts/targets', { name: 'Hook', kind: 'webhook', url: `http://127.0.0.1:${port}/` }, 201);
  const span = { period: 'span', from: '2026-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z' };
  await post(
    '/api/budgets',
    { name: 'All', limitUsd: '6', ...span, timeZone: 'UTC', thresholds: [50, 80, 100], hard: false },
    201,
  );

  await spend(['a', 'b', 'c', 'd', 'e']);
  await untilDelivered(['threshold:50']);

  answerStatus = 503;
  await spend(['f', 'g', 'h']);
  await vi.waitFor(() => expect(received.at(-1)?.rule).toBe('threshold:80'), {
    timeout: 60_000,
    interval: 20,
  });
  await app.killEverything();
  answerStatus = 200;
  app = await startApp({ dataDir, adminKey });
  await untilDelivered(['threshold:50', 'threshold:80']);

  // Acknowledged, and killed before anybody looked at it.
  await spend(['i', 'j']);
  await killAndStart();
  await untilDelivered(['threshold:50', 'threshold:80', 'threshold:100']);

  // A further threshold would be told after whatever else waits.
  await post(
    '/api/budgets',
    { name: 'Last', limitUsd: '6', ...span, timeZone: 'UTC', thresholds: [90], hard: false },
    201,
  );
  await untilDelivered(['threshold:50', 'threshold:80', 'threshold:100', 'threshold:90']);
  for (const rule of new Set(rulesDelivered())) {
    expect(new Set(received.filter((one) => one.rule === rule).map(({ id }) => id)).size).toBe(1);
  }
}, 300_000);
