import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { messageEvent, usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { clearHistory } from './clear-history.ts';
import { exportSession } from './export-session.ts';
import { readMessages } from './read-messages.ts';
import { readOutline, readTurn } from './read-outline.ts';
import { searchSession } from './search-session.ts';

let database: TestDatabase;
const signal = new AbortController().signal;

beforeAll(async () => {
  database = await createTestDatabase();
  const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
  await openReplica(database.db).send([
    messageEvent({ id: '0', ts: at(0), content: 'find the Needle' }),
    messageEvent({
      id: '1',
      ts: at(1),
      role: 'assistant',
      content: `${'hay '.repeat(5_000)}needle at the end`,
    }),
    messageEvent({
      id: '2',
      ts: at(2),
      role: 'tool',
      kind: 'tool_result',
      toolName: 'search',
      content: [
        { type: 'text', text: 'x'.repeat(3_000) },
        { type: 'data', value: 'quoted "needle"\nhere' },
      ],
    }),
    messageEvent({ id: '3', ts: at(3), kind: 'summary', role: 'assistant', content: '100% sure_thing' }),
    messageEvent({ id: '4', ts: at(4), role: 'assistant', content: 'failed' }),
    messageEvent({ id: '5', ts: at(5), content: 'and now?' }),
    usageEvent({ id: 'u1', ts: at(1), outputTokens: 7 }),
    usageEvent({ id: 'u2', ts: at(4), status: 'error' }),
  ]);
});
afterAll(() => database.close());

const search = (words: string, limit = 50, before: number | null = null) =>
  searchSession(database.db, {
    projectId: 1,
    id: 'session-1',
    words,
    before,
    limit,
    nowMs: () => 0,
    signal,
  });

test('words are found in any case in whole texts and in parts, the newest message first', async () => {
  const { hits, nextBefore } = await search('needle');
  expect(hits.map(({ seq }) => seq)).toEqual([2, 1, 0]);
  expect(hits[1]?.snippet).toContain('needle at the end');
  expect(nextBefore).toBeNull();
});

test('quotes and line ends are found where the text is stored as JSON', async () => {
  expect((await search('"needle"\nhere')).hits.map(({ seq }) => seq)).toEqual([2]);
});

test('signs that mean something in patterns are only themselves', async () => {
  expect((await search('100% sure_thing')).hits).toHaveLength(1);
  expect((await search('100%thing')).hits).toHaveLength(0);
});

test('a full answer says where to go on, and that is exact', async () => {
  const first = await search('needle', 2);
  expect(first.hits.map(({ seq }) => seq)).toEqual([2, 1]);
  const second = await search('needle', 2, first.nextBefore);
  expect(second.hits.map(({ seq }) => seq)).toEqual([0]);
});

test('a message of the assistant has its call beside it, once', async () => {
  const page = await readMessages(database.db, { projectId: 1, id: 'session-1', from: 0, limit: 3 });
  expect(page.messages[1]?.call).toMatchObject({ calls: 1, outputTokens: 7, isError: false });
  const next = await readMessages(database.db, { projectId: 1, id: 'session-1', from: 3, limit: 3 });
  expect(next.messages.map(({ call }) => call?.calls ?? 0)).toEqual([0, 1, 0]);
  expect(next.messages[1]?.call?.isError).toBe(true);
  expect(next.previousTs).toBe('2026-11-20T10:00:02.000Z');
});

test('who missed more messages than wanted is given the last ones, from the same call', async () => {
  const read = (from: number, gapMax: number) =>
    readMessages(database.db, { projectId: 1, id: 'session-1', from, limit: 2, gapMax });
  const last = await read(0, 5);
  expect(last.messages.map(({ seq }) => seq)).toEqual([4, 5]);
  expect(last).toMatchObject({ lastSeq: 5, nextFrom: null, previousTs: '2026-11-20T10:00:03.000Z' });
  expect((await read(0, 6)).messages.map(({ seq }) => seq)).toEqual([0, 1]);
});

test('the outline names the heaviest, the compactions and the failed calls', async () => {
  const outline = await readOutline(database.db, { projectId: 1, id: 'session-1' });
  expect(outline.heavy[0]).toMatchObject({ seq: 1 });
  expect(outline).toMatchObject({ lastSeq: 5, compactions: [3], errors: [4] });
});

test('turns of the user are found in both directions', async () => {
  const turn = (seq: number, direction: 'next' | 'previous') =>
    readTurn(database.db, { projectId: 1, id: 'session-1', seq, direction });
  expect(await turn(0, 'next')).toEqual({ seq: 5 });
  expect(await turn(5, 'previous')).toEqual({ seq: 0 });
  expect(await turn(5, 'next')).toEqual({ seq: null });
});

test('an export holds every whole message, in both forms, and nothing that was cleared', async () => {
  const read = async (format: 'jsonl' | 'markdown', from = 0) =>
    new Response(
      await exportSession(database.db, { projectId: 1, id: 'session-1', format, from, to: null }),
    ).text();
  const lines = (await read('jsonl')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(JSON.parse(lines[1] ?? '').content).toHaveLength(20_017);
  expect(await read('markdown', 3)).toContain('100% sure_thing');
  await clearHistory(database.db, {
    by: browserPrincipal(),
    id: 'session-1',
    scope: { kind: 'beforeSeq', seq: 5 },
    dryRun: false,
    undoMinutes: 10,
  });
  expect((await read('jsonl')).trimEnd().split('\n')).toHaveLength(1);
  expect((await search('needle')).hits).toEqual([]);
});
