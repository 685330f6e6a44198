import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { ledgerMarks } from '#lib/server/import/import-marks.ts';
import { readUsage } from '#lib/server/read-usage.ts';
import { readMessages } from '#lib/server/sessions/read-messages.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { ledgerStore } from './ledger-store.ts';
import { memoryMarks } from './memory-marks.ts';
import { fixture } from './testing/fixtures.ts';
import { findSharedData } from './testing/shared-data.ts';
import { takeLogs } from './testing/take-logs.ts';

const projectId = 1;
const session = '5f0c1a52-8a30-4f0e-9d5c-0c6f2a7b1e01';
const shared = findSharedData();

let held: TestDatabase;
let db: Database;
let folder: string;

beforeAll(async () => {
  held = await createTestDatabase();
  db = held.db;
});
afterAll(() => held.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
  await db.run(
    'truncate usage_events, pending_flushes, rollup_corrections, usage_rollups, sessions, messages, agents, models, price_versions, operations, import_marks',
  );
});
afterEach(() => rm(folder, { recursive: true }));

async function importInto(paths: readonly string[], marks = memoryMarks()) {
  const run = await takeLogs(paths, { store: ledgerStore(db, { projectId, redact: true }), marks });
  return run.counts();
}

async function readSums() {
  return readUsage(db, {
    projectId,
    fromMs: Date.UTC(2025, 0, 1),
    toMs: Date.UTC(2027, 0, 1),
    timeZone: 'UTC',
    bucket: 'day',
    groupBy: ['model', 'source'],
  });
}

async function countRows() {
  const [row] = await db.run(
    'select (select count(*) from usage_events)::int as calls, (select count(*) from messages)::int as messages, (select count(*) from operations)::int as operations',
  );
  return row;
}

test('what is imported is what the API shows, and a second import adds nothing', async () => {
  const first = await importInto([fixture('')]);
  expect(first).toMatchObject({ rejected: 0, conflicts: 0 });
  const sums = await readSums();
  const rows = await countRows();
  const second = await importInto([fixture('')]);
  expect(second).toMatchObject({
    accepted: 0,
    raised: 0,
    conflicts: 0,
    duplicates: first.accepted + first.duplicates,
  });
  expect(await readSums()).toEqual(sums);
  expect(await countRows()).toEqual(rows);
});

test('messages stand in their session in the order of the file, with kinds and true sizes', async () => {
  await importInto([fixture('claude')]);
  const page = await readMessages(db, { projectId, id: session, from: 0, limit: 50 });
  expect(page.messages.map(({ seq, kind, toolName }) => [seq, kind, toolName])).toEqual([
    [0, 'text', null],
    [1, 'thinking', null],
    [2, 'text', null],
    [3, 'tool_call', 'Read'],
    [4, 'tool_result', 'Read'],
    [5, 'text', null],
    [6, 'text', null],
    [7, 'text', null],
    [8, 'summary', null],
    [9, 'text', null],
  ]);
  expect(page.messages[4]?.bytes).toBe(70 + JSON.stringify([{ type: 'text', text: '1 image' }]).length);
  expect(await readSession(db, { projectId, id: session, nowMs: 0 })).toMatchObject({ compactions: 1 });
});

test('with its marks a second import does not even send what is there', async () => {
  const marks = () => ledgerMarks(db, { projectId, machine: 'test' });
  const logs = ['claude', 'codex', 'openclaw', 'gemini'].map(fixture);
  expect((await importInto(logs, marks())).accepted).toBeGreaterThan(30);
  expect(await importInto(logs, marks())).toMatchObject({ accepted: 0, duplicates: 0, raised: 0 });
});

test('an import goes on behind its mark, with what it knew of open tool calls', async () => {
  const text = await readFile(fixture(`claude/projects/-home-ada-boat/${session}.jsonl`), 'utf8');
  const lines = text.trimEnd().split('\n');
  const file = join(folder, `${session}.jsonl`);
  const marks = () => ledgerMarks(db, { projectId, machine: 'test' });
  for (let count = 1; count <= lines.length; count++) {
    await writeFile(file, `${lines.slice(0, count).join('\n')}\n`);
    await importInto([file], marks());
  }
  const inSteps = { sums: await readSums(), rows: await countRows() };
  const tools = await db.run('select tool_name from messages where kind = 3 order by seq');
  expect(tools).toEqual([{ tool_name: 'Read' }]);
  await db.run(
    'truncate usage_events, pending_flushes, rollup_corrections, usage_rollups, sessions, messages, operations',
  );
  await importInto([file]);
  expect(await readSums()).toEqual(inSteps.sums);
  expect(await countRows()).toEqual(inSteps.rows);
});

describe('two overlapping copies of a session', () => {
  test.each([['the whole first'], ['the part first']])(
    '%s: the sums are those of the whole',
    async (order) => {
      const text = await readFile(fixture(`claude/projects/-home-ada-boat/${session}.jsonl`), 'utf8');
      const whole = join(folder, 'whole.jsonl');
      const part = join(folder, 'part.jsonl');
      await writeFile(whole, text);
      // Ends within the first answer, whose output is then 40 tokens instead of 120.
      await writeFile(part, `${text.split('\n').slice(0, 4).join('\n')}\n`);
      await importInto([whole]);
      const expected = await readSums();
      await db.run(
        'truncate usage_events, pending_flushes, rollup_corrections, usage_rollups, sessions, messages, operations',
      );
      const files = order === 'the whole first' ? [whole, part] : [part, whole];
      for (const file of files) await importInto([file]);
      expect(await readSums()).toEqual(expected);
    },
  );

  test('a copy under another session id adds its messages there, and no calls', async () => {
    const text = await readFile(fixture(`claude/projects/-home-ada-boat/${session}.jsonl`), 'utf8');
    const copy = join(folder, 'copy.jsonl');
    await writeFile(copy, text.replaceAll(session, 'another-session'));
    await importInto([fixture('claude')]);
    const sums = await readSums();
    await importInto([copy]);
    expect(await readSums()).toEqual(sums);
    const page = await readMessages(db, { projectId, id: 'another-session', from: 0, limit: 50 });
    expect(page.messages).toHaveLength(10);
  });
});

describe.skipIf(shared === null)(`real logs${shared === null ? ' (skipped: they are not here)' : ''}`, () => {
  test('cost in the ledger is what was spent, and a second import adds nothing', async () => {
    await cp(join(shared ?? '', 'transcripts'), folder, { recursive: true });
    const first = await importInto([folder]);
    expect(first).toMatchObject({ rejected: 0, conflicts: 0, raised: 0 });
    const sums = await readSums();
    const costOf = (match: (model: string) => boolean) =>
      sums.reduce((sum, row) => sum + (match(row.model ?? '') ? Number(row.costUsd) : 0), 0);
    expect(costOf((model) => /^claude-.*-2\d{7}$|^claude-opus-4-6$/.test(model))).toBeGreaterThan(20);
    expect(costOf((model) => model === 'gpt-5-codex' || model === 'gpt-5.1-codex')).toBeCloseTo(0.6981695, 6);
    expect(await importInto([folder])).toMatchObject({ accepted: 0, raised: 0, conflicts: 0 });
    expect(await readSums()).toEqual(sums);
  }, 60_000);
});
