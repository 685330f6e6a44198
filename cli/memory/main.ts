import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type RunningApp, startApp } from '../kill/running-app.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, rounds: { type: 'string', default: '5' } },
});

const uploadBytes = 5 * 1_048_576;
const uploads = 60;
const clients = 8;
const mebibyte = 1_048_576;

/** Watches the server's resident size through rounds of 60 uploads of 5 MiB at once, and through a long load. */
async function main(): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plimsoll-memory-'));
  const app = await startApp({ dataDir });
  try {
    report('started', app);
    await load(app, 60_000);
    report('after a minute of load', app);
    for (let round = 1; round <= Number(values.rounds); round++) {
      const statuses = await uploadAtOnce(app);
      report(`after ${uploads} uploads of 5 MiB, round ${round}: ${JSON.stringify(statuses)}`, app);
    }
    for (let minute = 1; minute <= Number(values.minutes); minute++) {
      const events = await load(app, 60_000);
      report(`minute ${minute} of load, ${Math.round(events / 60)} events/s`, app);
    }
  } finally {
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

let peakBytes = 0;

function report(when: string, app: RunningApp): void {
  const rss = app.serverRssBytes();
  console.log(
    `${Math.round(rss / mebibyte)} MiB (peak ${Math.round(Math.max(peakBytes, rss) / mebibyte)}) ${when}`,
  );
  peakBytes = 0;
}

async function watched<T>(app: RunningApp, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, app.serverRssBytes());
  }, 100);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

async function uploadAtOnce(app: RunningApp): Promise<Readonly<Record<string, number>>> {
  const statuses: Record<string, number> = {};
  const send = async () => {
    const status = await post(app, largeBatch());
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  await watched(app, Promise.all(Array.from({ length: uploads }, send)));
  return statuses;
}

async function load(app: RunningApp, durationMs: number): Promise<number> {
  const until = performance.now() + durationMs;
  let events = 0;
  const client = async () => {
    while (performance.now() < until) {
      if ((await post(app, smallBatch())) === 200) events += 100;
      else await pause(20);
    }
  };
  await watched(app, Promise.all(Array.from({ length: clients }, client)));
  return events;
}

async function post(app: RunningApp, body: string): Promise<number> {
  try {
    const answer = await fetch(`${app.url}/api/ingest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${app.key}` },
      body,
    });
    await answer.text();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Just under 5 MiB of messages of 50 KB. */
function largeBatch(): string {
  const content = 'the quick brown fox jumps over the lazy dog '.repeat(1_136);
  const events = Array.from({ length: 104 }, () => ({
    type: 'message',
    id: randomUUID(),
    ts: new Date().toISOString(),
    agent: 'heavy',
    session: `heavy-${Math.floor(Math.random() * 50)}`,
    role: 'user',
    content,
  }));
  const body = JSON.stringify({ events });
  if (body.length > uploadBytes) throw new Error('The batch is too large.');
  return body;
}

function smallBatch(): string {
  const events = Array.from({ length: 100 }, () => ({
    type: 'usage',
    id: randomUUID(),
    ts: new Date().toISOString(),
    agent: `agent-${Math.floor(Math.random() * 20)}`,
    session: `session-${Math.floor(Math.random() * 2_000)}`,
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 1_000,
    outputTokens: 100,
    latencyMs: 800,
  }));
  return JSON.stringify({ events });
}

await main();
