import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#db/connect.ts';
import type { ClearScope } from '#db/queries/measure-clear.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { expireOldMessages } from '../jobs/expire.ts';
import { purgeCleared } from '../jobs/purge.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { messageEvent, usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { clearHistory } from './clear-history.ts';
import { clearSessions } from './clear-sessions.ts';
import { getSession } from './get-session.ts';
import { readMessages } from './read-messages.ts';
import { restoreHistory } from './restore-history.ts';
import { toSessionRow } from './to-session-row.ts';

let test_: TestDatabase;
let count = 0;
const by = browserPrincipal();
const { signal } = new AbortController();
const announce = () => {};
const all = { kind: 'all' } as const;

beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.close());

function chat(session: string, from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) =>
    messageEvent({
      id: `${session}-${from + index}`,
      session,
      content: `line ${from + index}`,
      ts: new Date(Date.UTC(2026, 10, 20, 10, 0, from + index)).toISOString(),
    }),
  );
}

async function newSession(messages: number): Promise<string> {
  const session = `s${count++}`;
  await openReplica(test_.db).send([
    ...chat(session, 0, messages),
    usageEvent({ id: `call-${session}`, session }),
  ]);
  return session;
}

const clear = (id: string, scope: ClearScope = all, undoMinutes = 10) =>
  clearHistory(test_.db, { by, id, scope, dryRun: false, undoMinutes });
const read = async (id: string) =>
  (await readMessages(test_.db, { projectId: 1, id, from: 0, limit: 200 })).messages.map(({ seq }) => seq);
const totals = async (id: string) => {
  const session = await getSession(test_.db, { projectId: 1, id });
  const { messages, bytes, costUsd, tokens } = toSessionRow(session);
  return { messages, bytes, costUsd, tokens, epoch: session.epoch };
};

/** Until a statement waits for a row that another transaction has locked. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await test_.db.run(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (Number(row?.['n']) > 0) return;
  }
}

test('a clearing that waited for an append takes what was appended as well', async () => {
  const session = await newSession(3);
  const sql = connect({ url: test_.url, connectionsMax: 1 });
  try {
    const [last] = await sql.unsafe(`select s.id::text, m.ts::text from sessions s
      join messages m on m.session_id = s.id and m.seq = 2 where s.external_id = '${session}'`);
    await sql.unsafe('begin');
    await sql.unsafe(`insert into messages (project_id, session_id, seq, id, ts, bytes, tokens, role, kind,
        tokens_estimated, redactions, encoding, truncated, content_hash, preview)
      select project_id, session_id, seq + 3, gen_random_uuid(), ts, bytes, tokens, role, kind,
        tokens_estimated, redactions, encoding, truncated, content_hash, preview
      from messages where session_id = ${last?.['id']}`);
    await sql.unsafe(
      `update sessions set messages = messages * 2, bytes = bytes * 2, last_seq = 5 where id = ${last?.['id']}`,
    );
    const cleared = clear(session);
    await untilSomebodyWaits();
    await sql.unsafe('commit');
    expect(await cleared).toMatchObject({ messages: 6, bytes: 36, clearedThroughSeq: 5 });
  } finally {
    await sql.end();
  }
  expect(await totals(session)).toMatchObject({ messages: 0, bytes: 0 });
  await restoreHistory(test_.db, { by, id: session, announce });
  expect(await totals(session)).toMatchObject({ messages: 6, bytes: 36 });
});

describe('a cleared history', () => {
  test('is gone from every read at once, and what was spent stays', async () => {
    const session = await newSession(10);
    const before = await totals(session);
    const receipt = await clear(session);
    expect(receipt).toMatchObject({ messages: 10, bytes: before.bytes, epoch: 1, clearedThroughSeq: 9 });
    expect(await read(session)).toEqual([]);
    expect(await totals(session)).toEqual({ ...before, messages: 0, bytes: 0, epoch: 1 });
  });

  test('does not come back when its messages are sent again; what is new is kept', async () => {
    const session = await newSession(10);
    await clear(session);
    const { duplicates, accepted } = await openReplica(test_.db).send(chat(session, 0, 12));
    expect({ duplicates, accepted }).toEqual({ duplicates: 10, accepted: 2 });
    expect(await read(session)).toEqual([10, 11]);
    expect((await totals(session)).messages).toBe(2);
  });

  test('does not come back after its purge either, and its texts are really gone', async () => {
    const session = await newSession(10);
    await clear(session, all, 0);
    expect(await purgeCleared(test_.db, { projectId: 1, signal })).toBe(10);
    const rows = await test_.db.run(
      `select m.preview, m.body from messages m join sessions s on s.project_id = 1 and s.id = m.session_id
       where m.project_id = 1 and s.external_id = $1::text`,
      [session],
    );
    expect(rows).toEqual(Array.from({ length: 10 }, () => ({ preview: null, body: null })));
    const { duplicates } = await openReplica(test_.db).send(chat(session, 0, 10));
    expect(duplicates).toBe(10);
    expect(await read(session)).toEqual([]);
  });

  test('is restored as it was, once, while its time lasts', async () => {
    const session = await newSession(10);
    const before = await totals(session);
    await clear(session);
    expect(await purgeCleared(test_.db, { projectId: 1, signal })).toBe(0);
    expect(await restoreHistory(test_.db, { by, id: session, announce })).toMatchObject({
      messages: 10,
      epoch: 2,
    });
    expect(await totals(session)).toEqual({ ...before, epoch: 2 });
    expect(await read(session)).toHaveLength(10);
    await expect(restoreHistory(test_.db, { by, id: session, announce })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('cannot be restored once its time is over', async () => {
    const session = await newSession(3);
    await clear(session, all, 0);
    await expect(restoreHistory(test_.db, { by, id: session, announce })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('tells what would go without doing it', async () => {
    const session = await newSession(4);
    const receipt = await clearHistory(test_.db, {
      by,
      id: session,
      scope: all,
      dryRun: true,
      undoMinutes: 10,
    });
    expect(receipt).toMatchObject({ id: null, messages: 4, dryRun: true });
    expect(await read(session)).toHaveLength(4);
  });

  test('is written in the audit with who asked for it', async () => {
    const session = await newSession(2);
    await clear(session);
    await restoreHistory(test_.db, { by, id: session, announce });
    const rows = await test_.db.run(
      `select action, actor from audit where project_id = 1 and details->>'session' = $1::text order by ts`,
      [session],
    );
    expect(rows.map(({ action }) => action)).toEqual(['history_cleared', 'history_restored']);
    expect(rows[0]?.['actor']).toMatch(/^browser:/);
  });
});

describe('a part of a history', () => {
  test('before a message', async () => {
    const session = await newSession(10);
    const receipt = await clear(session, { kind: 'beforeSeq', seq: 7 });
    expect(receipt).toMatchObject({ messages: 7, clearedThroughSeq: 6 });
    expect(await read(session)).toEqual([7, 8, 9]);
    expect((await totals(session)).bytes).toBe('line 7'.length * 3);
  });

  test('older than a time, and nothing from the first later message on', async () => {
    const session = await newSession(10);
    const time = new Date(Date.UTC(2026, 10, 20, 10, 0, 4));
    expect(await clear(session, { kind: 'beforeTime', time })).toMatchObject({ messages: 4 });
    expect(await read(session)).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test('undone step by step gives everything back', async () => {
    const session = await newSession(10);
    const before = await totals(session);
    await clear(session, { kind: 'beforeSeq', seq: 3 });
    await clear(session);
    expect(await restoreHistory(test_.db, { by, id: session, announce })).toMatchObject({ messages: 7 });
    expect(await restoreHistory(test_.db, { by, id: session, announce })).toMatchObject({ messages: 3 });
    expect(await totals(session)).toEqual({ ...before, epoch: 4 });
  });

  test('that is empty is said to be, and the undo of the last clearing stays', async () => {
    const session = await newSession(3);
    const { undoUntil } = await clear(session);
    expect(await clear(session)).toMatchObject({ id: null, messages: 0, epoch: 1, undoUntil });
  });
});

test('retention leaves hidden messages to their purge, so that totals are not reduced twice', async () => {
  const session = await newSession(10);
  await clear(session, { kind: 'beforeSeq', seq: 5 });
  const nowMs = Date.UTC(2026, 10, 20, 10, 0, 8) + 86_400_000;
  await expireOldMessages(test_.db, { projectId: 1, retentionDays: 1, nowMs, signal });
  expect((await totals(session)).messages).toBe(2);
  await restoreHistory(test_.db, { by, id: session, announce });
  expect((await totals(session)).messages).toBe(7);
});

test('many sessions are cleared by a filter, after a dry run that changes nothing', async () => {
  const marked = `many-${Date.now()}`;
  for (const name of ['a', 'b']) await openReplica(test_.db).send(chat(`${marked}-${name}`, 0, 5));
  const dry = await clearSessions(test_.db, { by, body: { q: marked, dryRun: true }, announce });
  expect(dry).toMatchObject({ messages: 10, more: false });
  expect(await read(`${marked}-a`)).toHaveLength(5);
  const done = await clearSessions(test_.db, { by, body: { q: marked, dryRun: false }, announce });
  expect(done.sessions.map(({ messages }) => messages)).toEqual([5, 5]);
  expect([...(await read(`${marked}-a`)), ...(await read(`${marked}-b`))]).toEqual([]);
});

/** Sends messages again and again until all are acknowledged, as an agent whose answers get lost does. */
async function insist(session: string, from: number, to: number): Promise<void> {
  for (let sent = from; sent < to; sent += 5) {
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        await openReplica(test_.db).send(chat(session, Math.max(from, sent - 10), sent + 5));
        break;
      } catch {
        // The server was killed under it; the same ids are sent again.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}

async function clearThrough(session: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      await clear(session, all, 0);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const killConnections = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

test.each(Array.from({ length: 20 }, (_, round) => round))(
  'cleared during ingest with retries and killed connections, round %i: all or nothing, and nothing returns',
  async (round) => {
    const session = `killed-${round}`;
    await insist(session, 0, 20);
    const work = [
      insist(session, 20, 60),
      insist(session, 20, 60),
      clearThrough(session),
      purgeCleared(test_.db, { projectId: 1, signal }).catch(() => 0),
    ];
    if (round % 2 === 0)
      work.push(
        test_.db.run(killConnections).then(
          () => undefined,
          () => undefined,
        ),
      );
    await Promise.all(work);
    await insist(session, 0, 60);
    await purgeCleared(test_.db, { projectId: 1, signal });
    const page = await readMessages(test_.db, { projectId: 1, id: session, from: 0, limit: 200 });
    const kept = Array.from(
      { length: 60 - (page.clearedThroughSeq + 1) },
      (_, index) => page.clearedThroughSeq + 1 + index,
    );
    expect(page.lastSeq).toBe(59);
    expect(page.clearedThroughSeq).toBeGreaterThanOrEqual(19);
    expect(page.messages.map(({ seq }) => seq)).toEqual(kept);
    expect(page.messages.every(({ cleared }) => !cleared)).toBe(true);
    expect((await totals(session)).messages).toBe(kept.length);
  },
  60_000,
);
