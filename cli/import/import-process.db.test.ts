import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { fixture } from './testing/fixtures.ts';

let held: TestDatabase;
let folder: string;
let children: ChildProcess[];

beforeAll(async () => {
  held = await createTestDatabase();
});
afterAll(() => held.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** `npm run import` as a user runs it, on the test's database. */
function runImport(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--conditions=react-server', 'cli/import.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: held.url,
      PLIMSOLL_DATA_DIR: folder,
      HOME: folder,
      ...environment,
    },
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => {
      text += String(piece);
    });
  }
  return { child, text: () => text, ended: once(child, 'exit').then(([code]) => Number(code)) };
}

const countCalls = async () => {
  const [row] = await held.db.run('select count(*)::int as calls from usage_events');
  return Number(row?.['calls']);
};

const session = '5f0c1a52-8a30-4f0e-9d5c-0c6f2a7b1e01';
const answer = (id: string) =>
  JSON.stringify({
    type: 'assistant',
    uuid: `u-${id}`,
    sessionId: session,
    timestamp: '2026-10-06T10:00:00.000Z',
    requestId: `r-${id}`,
    message: {
      id,
      model: 'claude-opus-4-6',
      content: [{ type: 'text', text: id }],
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  });

test('with --watch a growing file is followed, a half line waits, and Ctrl-C ends it', async () => {
  const file = join(folder, `${session}.jsonl`);
  await copyFile(fixture(`claude/projects/-home-ada-boat/${session}.jsonl`), file);
  const { child, text, ended } = runImport(['--watch', file]);
  await vi.waitFor(() => expect(text()).toContain('Following the logs'), { timeout: 15_000, interval: 50 });
  const before = await countCalls();
  expect(before).toBe(4);
  const second = answer('second');
  await appendFile(file, `${answer('first')}\n${second.slice(0, 50)}`);
  await vi.waitFor(async () => expect(await countCalls()).toBe(before + 1), {
    timeout: 10_000,
    interval: 50,
  });
  await appendFile(file, `${second.slice(50)}\n`);
  await vi.waitFor(async () => expect(await countCalls()).toBe(before + 2), {
    timeout: 10_000,
    interval: 50,
  });
  child.kill('SIGINT');
  expect(await ended).toBe(0);
}, 60_000);

test('--json prints sums by tool and day, with money as decimal strings', async () => {
  const { text, ended } = runImport(['--dry-run', '--json', fixture('claude')]);
  expect(await ended).toBe(0);
  const summary = JSON.parse(text());
  expect(summary).toMatchObject({ dryRun: true, stored: null, tools: [{ tool: 'claude-code', calls: 5 }] });
  expect(summary.days[0].costUsd).toMatch(/^\d+\.\d+$/);
}, 30_000);

test('--since leaves out what is older', async () => {
  const { text, ended } = runImport(['--dry-run', '--json', '--since', '2026-10-06', fixture('claude')]);
  expect(await ended).toBe(0);
  expect(JSON.parse(text()).tools[0]).toMatchObject({ calls: 1, messages: 1 });
}, 30_000);

test('without a path the standard places are searched, and nothing found says what to do', async () => {
  const { text, ended } = runImport(['--dry-run'], {
    CLAUDE_CONFIG_DIR: '',
    CODEX_HOME: '',
    XDG_DATA_HOME: '',
    XDG_CONFIG_HOME: '',
  });
  expect(await ended).toBe(0);
  expect(text()).toContain('No session logs found');
}, 30_000);

test.each([
  [['--to', 'nowhere'], 'takes the address of a server'],
  [['--to', 'http://127.0.0.1:1'], 'needs a key'],
  [['--since', 'yesterday'], '--since takes a day'],
  [['--nonsense'], 'nonsense'],
  [['--dry-run', '/no/such/folder'], 'There is no file or folder /no/such/folder'],
])(
  '%j ends with one clear line',
  async (args, words) => {
    const { text, ended } = runImport(args);
    expect(await ended).toBe(1);
    expect(text()).toContain(words);
    expect(text()).not.toContain('    at ');
  },
  30_000,
);
