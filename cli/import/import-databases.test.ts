import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportEvent } from '#lib/importers/log-reader.ts';
import { memoryMarks } from './memory-marks.ts';
import { collector } from './testing/collector.ts';
import { fixture } from './testing/fixtures.ts';
import { packZstd } from './testing/pack-zstd.ts';
import { takeLogs } from './testing/take-logs.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(path: string, marks = memoryMarks()) {
  const store = collector();
  const run = await takeLogs([path], { store, marks });
  return { events: store.events, skipped: Object.fromEntries(run.tally.tools()[0]?.skipped ?? []) };
}

/** Events as a set, because a database has an order of its own. */
const sorted = (events: readonly ImportEvent[]) =>
  events.map((event) => JSON.stringify(event)).sort((a, b) => (a < b ? -1 : 1));

const session = 'c1a0c1a0-0000-4000-8000-000000000001';
const deleted = 'c1a0c1a0-0000-4000-8000-000000000002';

async function fixtureLines(name: string): Promise<readonly string[]> {
  const text = await readFile(fixture(`openclaw/agents/main/sessions/${name}`), 'utf8');
  return text.trimEnd().split('\n');
}

async function makeOpenClaw(mode: 'wal' | 'delete') {
  const path = join(folder, 'agents/main/agent/openclaw-agent.sqlite');
  await mkdir(join(path, '..'), { recursive: true });
  const db = new sqlite.Database(path);
  db.exec('pragma locking_mode = exclusive');
  db.exec(`pragma journal_mode = ${mode}`);
  db.exec(`create table session_windows (session_id text primary key, session_key text not null, created_at integer);
    create table transcript_events (session_id text not null, seq integer not null, event_json text not null,
      created_at integer not null, primary key (session_id, seq));
    create table session_transcript_archives (session_id text not null, encoding text not null, archive_blob blob)`);
  db.run('insert into session_windows values (?, ?, 1)', [session, 'agent:main:main']);
  db.run('insert into session_windows values (?, ?, 1)', [deleted, 'agent:main:cron:job-1']);
  const lines = await fixtureLines(`${session}.jsonl`);
  const insert = (seq: number) =>
    db.run('insert into transcript_events values (?, ?, ?, ?)', [session, seq, lines[seq] ?? '', seq]);
  return { path, db, lines, insert };
}

describe("OpenClaw's database", () => {
  test.each(['wal', 'delete'] as const)('gives what its files gave, archives too (%s)', async (mode) => {
    const { path, db, lines, insert } = await makeOpenClaw(mode);
    lines.forEach((_, seq) => {
      insert(seq);
    });
    const gone = await fixtureLines(`${deleted}.jsonl.reset.2026-10-05T14-00-00.000Z`);
    db.run('insert into session_transcript_archives values (?, ?, ?)', [
      deleted,
      'zstd',
      packZstd(gone.join('\n')),
    ]);
    const found = await read(path);
    db.close();
    expect(found.skipped).toEqual({});
    expect(sorted(found.events)).toEqual(sorted((await read(fixture('openclaw'))).events));
  });

  test('is read again only where a session has grown', async () => {
    const { path, db, insert } = await makeOpenClaw('wal');
    const marks = memoryMarks();
    for (const seq of [0, 1, 2]) insert(seq);
    expect((await read(path, marks)).events).toHaveLength(1);
    expect((await read(path, marks)).events).toHaveLength(0);
    insert(3);
    expect((await read(path, marks)).events.filter(({ type }) => type === 'usage')).toHaveLength(1);
    db.close();
  });

  test('a session that another one spawned is a sub-agent, also where its key does not say so', async () => {
    const { path, db, lines, insert } = await makeOpenClaw('delete');
    db.exec('alter table session_windows add column spawned_by text');
    db.run("update session_windows set session_key = 'agent:main:acp:1', spawned_by = 'agent:main:main'");
    lines.forEach((_, seq) => {
      insert(seq);
    });
    db.close();
    const usage = (await read(path)).events.filter((event) => event.type === 'usage');
    expect(new Set(usage.map(({ source }) => source))).toEqual(new Set(['subagent', 'heartbeat']));
  });

  test('an event that is no text is counted with its reason', async () => {
    const { path, db } = await makeOpenClaw('delete');
    db.run('insert into transcript_events values (?, 0, ?, 0)', [session, Buffer.from([0, 1])]);
    db.close();
    expect(await read(path)).toEqual({ events: [], skipped: { 'not JSON': 1 } });
  });

  test('an archive that is none is left out with its reason', async () => {
    const { path, db } = await makeOpenClaw('delete');
    db.run('insert into session_transcript_archives values (?, ?, ?)', [
      deleted,
      'zstd',
      Buffer.from('no zstd'),
    ]);
    db.close();
    expect((await read(path)).skipped).toEqual({ 'unreadable archive': 1 });
  });
});

test('a packed file of a deleted session is read, a damaged one left out', async () => {
  const lines = await fixtureLines(`${session}.jsonl`);
  const sessions = join(folder, 'agents/main/sessions');
  await mkdir(sessions, { recursive: true });
  const file = join(sessions, `${session}.jsonl.deleted.2026-10-05T14-00-00.000Z.zst`);
  await writeFile(file, packZstd(`${lines.join('\n')}\n`));
  const plain = (await read(fixture(`openclaw/agents/main/sessions/${session}.jsonl`))).events;
  expect(sorted((await read(folder)).events)).toEqual(sorted(plain));
  await writeFile(file, 'not packed');
  expect(await read(folder)).toEqual({ events: [], skipped: { 'unreadable archive': 1 } });
});

test('a file that only looks like a database is left out with its reason', async () => {
  const path = join(folder, 'openclaw-agent.sqlite');
  await writeFile(path, `SQLite format 3\0${'x'.repeat(5_000)}`);
  expect(await read(path)).toEqual({ events: [], skipped: { 'unreadable database': 1 } });
});

describe('OpenCode', () => {
  const messages = ['ses_1/msg_1', 'ses_1/msg_2', 'ses_2/msg_3'] as const;
  const parts = ['msg_1/prt_1', 'msg_2/prt_2', 'msg_2/prt_3', 'msg_2/prt_4', 'msg_3/prt_5'] as const;

  async function makeOpenCode() {
    const path = join(folder, 'opencode.db');
    const db = new sqlite.Database(path);
    db.exec(`create table session (id text primary key, parent_id text);
      create table message (id text primary key, session_id text, time_created integer, time_updated integer, data text);
      create table part (id text primary key, message_id text, session_id text, time_created integer, data text);
      insert into session values ('ses_1', null), ('ses_2', 'ses_1')`);
    for (const [index, name] of messages.entries()) {
      const [of = '', id = ''] = name.split('/');
      const data = await readFile(fixture(`opencode/storage/message/${name}.json`), 'utf8');
      db.run('insert into message values (?, ?, ?, ?, ?)', [id, of, index, 1_000 + index, data]);
    }
    for (const name of parts) {
      const [of = '', id = ''] = name.split('/');
      const data = await readFile(fixture(`opencode/storage/part/${name}.json`), 'utf8');
      db.run('insert into part values (?, ?, ?, 1, ?)', [id, of, '', data]);
    }
    return { path, db };
  }

  test('its database and its files give the same events', async () => {
    const { path, db } = await makeOpenCode();
    db.close();
    const fromFiles = (await read(fixture('opencode'))).events;
    expect(sorted((await read(path)).events)).toEqual(sorted(fromFiles));
    expect(fromFiles).toHaveLength(8);
  });

  test('reasoning is output beside the rest, sub-agents are told by their parent, a cost of 0 is unknown', async () => {
    const { events } = await read(fixture('opencode'));
    expect(events.filter(({ type }) => type === 'usage')).toMatchObject([
      {
        id: 'opencode:msg_2',
        outputTokens: 50,
        reasoningTokens: 10,
        inputTokens: 100,
        cacheReadTokens: 2_000,
        cacheWriteTokens: 300,
        costUsd: 0.001,
        latencyMs: 2_500,
        source: 'direct',
        ts: '2026-10-05T16:00:03.500Z',
      },
      { id: 'opencode:msg_3', source: 'subagent', session: 'ses_2' },
    ]);
    expect(events.filter((event) => 'costUsd' in event)).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'operation')).toMatchObject([
      { name: 'write', durationMs: 400 },
    ]);
  });

  test('an answer of several steps is a call for each, of which the message has the last', async () => {
    const { path, db } = await makeOpenCode();
    const data = JSON.parse(await readFile(fixture('opencode/storage/message/ses_1/msg_2.json'), 'utf8'));
    const step = (input: number, cost: number) =>
      JSON.stringify({ type: 'step-finish', cost, tokens: { ...data.tokens, input } });
    db.run('insert into part values (?, ?, ?, 1, ?)', ['prt_8', 'msg_2', '', step(70, 0.002)]);
    db.run('insert into part values (?, ?, ?, 1, ?)', ['prt_9', 'msg_2', '', step(data.tokens.input, 0.001)]);
    db.run('update message set data = ? where id = ?', [JSON.stringify({ ...data, cost: 0.003 }), 'msg_2']);
    db.close();
    const usage = (await read(path)).events.filter((event) => event.type === 'usage');
    expect(usage.filter(({ session: of }) => of === 'ses_1')).toMatchObject([
      { id: 'opencode:prt_8', inputTokens: 70, costUsd: 0.002 },
      { id: 'opencode:msg_2', inputTokens: 100, costUsd: 0.001 },
    ]);
  });

  test('one step says what the message says and is no call of its own', async () => {
    const { path, db } = await makeOpenCode();
    const data = JSON.parse(await readFile(fixture('opencode/storage/message/ses_1/msg_2.json'), 'utf8'));
    const step = JSON.stringify({ type: 'step-finish', cost: data.cost, tokens: data.tokens });
    db.run('insert into part values (?, ?, ?, 1, ?)', ['prt_8', 'msg_2', '', step]);
    db.close();
    expect(sorted((await read(path)).events)).toEqual(sorted((await read(fixture('opencode'))).events));
  });

  test('sub-agents are told where the sessions of all projects lie in one folder', async () => {
    const storage = join(folder, 'storage');
    await cp(fixture('opencode/storage'), storage, { recursive: true });
    await cp(join(storage, 'session/proj/ses_2.json'), join(storage, 'session/ses_2.json'));
    await rm(join(storage, 'session/proj'), { recursive: true });
    expect(sorted((await read(folder)).events)).toEqual(sorted((await read(fixture('opencode'))).events));
  });

  test('an answer that is being written waits until it is finished', async () => {
    const { path, db } = await makeOpenCode();
    const marks = memoryMarks();
    const data = JSON.parse(await readFile(fixture('opencode/storage/message/ses_1/msg_2.json'), 'utf8'));
    const nowMs = Date.now();
    const unfinished = { ...data, time: { created: data.time.created } };
    db.run('insert into message values (?, ?, ?, ?, ?)', [
      'msg_9',
      'ses_1',
      9,
      nowMs,
      JSON.stringify(unfinished),
    ]);
    expect((await read(path, marks)).events.some(({ id }) => id === 'opencode:msg_9')).toBe(false);
    db.run('update message set data = ?, time_updated = ? where id = ?', [
      JSON.stringify(data),
      nowMs + 5,
      'msg_9',
    ]);
    expect(
      (await read(path, marks)).events.filter(({ type }) => type === 'usage').map(({ id }) => id),
    ).toContain('opencode:msg_9');
    db.close();
  });
});

describe('Gemini CLI', () => {
  test('cached tokens are inside of input unless the total says otherwise; thoughts are output', async () => {
    const { events } = await read(fixture('gemini'));
    expect(events.filter(({ type }) => type === 'usage')).toMatchObject([
      {
        inputTokens: 5_000,
        cacheReadTokens: 3_000,
        outputTokens: 120,
        reasoningTokens: 100,
        inputIncludesCache: true,
      },
      { inputTokens: 1_000, cacheReadTokens: 500, outputTokens: 8, inputIncludesCache: false },
    ]);
  });

  test('of a message that is written again the last version counts', async () => {
    const { events } = await read(fixture('gemini'));
    const texts = events.flatMap((event) => (event.type === 'message' ? [[event.kind, event.content]] : []));
    expect(texts).toEqual([
      ['text', 'How deep is it here?'],
      ['thinking', 'Sounding\nUse the lead line.'],
      ['text', 'Four fathoms.'],
      ['tool_call', '{"at":"bow"}'],
      ['tool_result', '{"functionResponse":{"response":{"output":"4"}}}'],
      ['text', 'Request cancelled.'],
      ['text', 'And now?'],
      ['text', 'Five fathoms.'],
    ]);
  });

  const chat = fixture('gemini/tmp/ab12/chats/session-2026-10-05T15-00-9e111111.json');
  const rewrite = async (name: string, change: (document: Document) => string) => {
    const document: Document = JSON.parse(await readFile(chat, 'utf8'));
    const path = join(folder, '.gemini/tmp/ab12/chats', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, change(document));
    return read(folder);
  };

  test.each([
    ['lines in a file that is called .json', 'session-1.json', asLines],
    [
      'a document in a file that is called .jsonl',
      'session-1.jsonl',
      (one: Document) => JSON.stringify(one, null, 2),
    ],
    ['a document on one line', 'session-1.jsonl', (one: Document) => JSON.stringify(one)],
  ])('the first sign tells, not the name: %s', async (_, name, change) => {
    const plain = (await read(chat)).events;
    expect(await rewrite(name, change)).toEqual({ events: plain, skipped: {} });
  });

  test('more cached tokens than input must be beside it', async () => {
    const { events } = await rewrite('session-1.json', ({ messages, ...head }) =>
      JSON.stringify({
        ...head,
        messages: messages.map((message) => ({
          ...message,
          tokens: { input: 100, output: 20, cached: 3_000 },
        })),
      }),
    );
    expect(events.filter(({ type }) => type === 'usage')).toMatchObject([
      { inputTokens: 100, cacheReadTokens: 3_000, inputIncludesCache: false },
    ]);
  });

  test('an image among the parts of a prompt is a stub with its true size', async () => {
    const parts = [{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: 'QUJDREVG' } }];
    const { events } = await rewrite('session-1.json', ({ messages, ...head }) =>
      JSON.stringify({ ...head, messages: messages.slice(0, 1).map((one) => ({ ...one, content: parts })) }),
    );
    expect(events).toMatchObject([
      {
        content: [
          { type: 'text', text: 'What is this?' },
          { mediaType: 'image/png', bytes: 6, text: '[image/png, 6 bytes]' },
        ],
      },
    ]);
  });
});

type Document = { readonly messages: readonly Readonly<Record<string, unknown>>[] };

function asLines({ messages, ...head }: Document): string {
  return [head, ...messages].map((line) => `${JSON.stringify(line)}\n`).join('');
}
