import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '#db/connect.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { putDrafts } from '#db/queries/put-drafts.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { DraftEvent } from '#lib/chat/draft-event.ts';
import { decodeBatch } from '#lib/ingest/decode-batch.ts';
import type { ProjectChange } from '#lib/live/project-change.ts';
import { openIngestLanes } from './ingest/ingest-lanes.ts';
import { prepareDraft } from './ingest/store-drafts.ts';
import { ingestEvents } from './ingest-events.ts';
import { sweepStaleRows } from './jobs/expire.ts';
import { openLiveHub } from './live/live-hub.ts';
import { clearHistory } from './sessions/clear-history.ts';
import { readMessages } from './sessions/read-messages.ts';
import { readSession } from './sessions/read-session.ts';
import { restoreHistory } from './sessions/restore-history.ts';
import { browserPrincipal } from './testing/browser-principal.ts';
import { decoded, draftEvent, messageEvent } from './testing/events.ts';
import { openReplica, type Replica } from './testing/ledger.ts';

let base: TestDatabase;
let other: Database;
let here: Replica;
let there: Replica;
let count = 0;
let session: string;
const by = browserPrincipal();

beforeAll(async () => {
  base = await createTestDatabase();
  other = openDatabase({ url: base.url, connectionsMax: 4 });
  here = openReplica(base.db);
  there = openReplica(other);
  session = 's0';
});
afterAll(async () => {
  await other.close();
  await base.close();
});
afterEach(() => {
  session = `s${++count}`;
});

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();

function draft(id: string, second: number, content = `${id} at ${second} `): DraftEvent {
  return draftEvent({ id, session, ts: at(second), role: 'assistant', content });
}

const message = (id: string, second: number) =>
  messageEvent({ id, session, ts: at(second), role: 'assistant', content: `${id} is done` });
const statuses = async (replica: Replica, ...events: Parameters<Replica['send']>[0]) =>
  (await replica.send(events)).results.map(({ status }) => status);
const read = (from = 0, limit = 200) => readMessages(base.db, { projectId: 1, id: session, from, limit });
const textNow = async () => (await read()).draft?.text ?? null;
const clear = (undoMinutes = 10) =>
  clearHistory(base.db, { by, id: session, scope: { kind: 'all' }, dryRun: false, undoMinutes });

describe('a draft', () => {
  test('is read at the end of its session and counted nowhere', async () => {
    await here.send([message('a', 0)]);
    const before = await readSession(base.db, { projectId: 1, id: session, nowMs: 0 });
    expect(await statuses(here, draft('b', 1, 'so far '))).toEqual(['accepted']);
    expect(await read()).toMatchObject({
      lastSeq: 0,
      nextFrom: null,
      messages: [{ id: 'a' }],
      draft: { id: 'b', ts: at(1), role: 'assistant', kind: 'text', text: 'so far ', truncated: false },
    });
    const { messages, bytes, lastSeq } = await readSession(base.db, { projectId: 1, id: session, nowMs: 0 });
    expect({ messages, bytes, lastSeq }).toEqual({
      messages: before.messages,
      bytes: before.bytes,
      lastSeq: before.lastSeq,
    });
  });

  test('is told on the last page only, also where that is empty', async () => {
    await here.send([message('a', 0), message('b', 1), message('c', 2)]);
    await here.send([draft('d', 3)]);
    expect((await read(0, 2)).draft).toBeNull();
    expect((await read(1, 2)).draft?.id).toBe('d');
    expect(await read(3)).toMatchObject({ messages: [], draft: { id: 'd' } });
  });

  test('is replaced by the newer one, whatever replica it comes to and in whatever order', async () => {
    await here.send([message('a', 0)]);
    expect(await statuses(here, draft('b', 5))).toEqual(['accepted']);
    expect(await statuses(there, draft('b', 3))).toEqual(['duplicate']);
    expect(await statuses(there, draft('b', 7), draft('b', 6))).toEqual(['accepted', 'duplicate']);
    expect(await textNow()).toBe('b at 7 ');
    expect(await statuses(here, draft('c', 8))).toEqual(['accepted']);
    expect(await statuses(here, draft('b', 9))).toEqual(['accepted']);
    expect(await textNow()).toBe('b at 9 ');
  });

  test('of one session leaves that of another', async () => {
    const first = session;
    await here.send([message('a', 0), draft('b', 1)]);
    session = `${first}-other`;
    await here.send([message('a', 0), draft('c', 1)]);
    expect((await readMessages(base.db, { projectId: 1, id: first, from: 0, limit: 1 })).draft?.id).toBe('b');
    expect((await read()).draft?.id).toBe('c');
  });

  test('ends with its message, and does not come back behind it', async () => {
    await here.send([draft('a', 5)]);
    // The message may have been begun, and so timed, before its last draft.
    expect(await statuses(there, message('a', 1))).toEqual(['accepted']);
    expect(await read()).toMatchObject({ messages: [{ id: 'a' }], draft: null });
    expect(await statuses(here, draft('a', 9))).toEqual(['duplicate']);
    expect(await textNow()).toBeNull();
    expect(await statuses(here, draft('b', 2))).toEqual(['accepted']);
  });

  test('ends with a later message of its session, not with an earlier one', async () => {
    await here.send([draft('a', 5)]);
    await here.send([message('b', 4)]);
    expect(await textNow()).toBe('a at 5 ');
    await here.send([message('c', 5)]);
    expect(await textNow()).toBeNull();
    expect(await statuses(here, draft('a', 4))).toEqual(['duplicate']);
    expect(await textNow()).toBeNull();
  });

  test('of a message that is stored first is dropped', async () => {
    await here.send([message('a', 0)]);
    expect(await statuses(there, draft('a', 9))).toEqual(['duplicate']);
    expect(await textNow()).toBeNull();
  });

  test('that was not written for two minutes is not shown, gives way, and is swept', async () => {
    await here.send([message('a', 0), draft('b', 9)]);
    const age = (minutes: number) =>
      base.db.run(
        `update message_drafts set updated_at = now() - make_interval(mins => $2::int) where project_id = 1
        and session_id = (select id from sessions where project_id = 1 and external_id = $1::text)`,
        [session, minutes],
      );
    await age(3);
    expect(await textNow()).toBeNull();
    expect(await statuses(here, draft('c', 5))).toEqual(['accepted']);
    expect(await textNow()).toBe('c at 5 ');
    await age(3);
    await sweepStaleRows(base.db, { projectId: 1, nowMs: Date.now() });
    const [left] = await base.db.run(
      `select count(*)::int as n from message_drafts d join sessions s
      on s.project_id = 1 and s.id = d.session_id where d.project_id = 1 and s.external_id = $1::text`,
      [session],
    );
    expect(left).toEqual({ n: 0 });
  });
});

describe('a draft of a history that was cleared', () => {
  test('is gone with it and does not come back; its message is new when it comes', async () => {
    await here.send([message('a', 0), draft('b', 1)]);
    await clear();
    expect(await read()).toMatchObject({ messages: [], draft: null });
    expect(await statuses(here, draft('b', 2))).toEqual(['duplicate']);
    expect(await statuses(there, draft('b', 3))).toEqual(['duplicate']);
    expect(await read()).toMatchObject({ messages: [], draft: null });
    const [row] = await base.db.run(
      `select d.text from message_drafts d join sessions s on s.project_id = 1 and s.id = d.session_id
       where d.project_id = 1 and s.external_id = $1::text`,
      [session],
    );
    expect(row).toEqual({ text: null });
    expect(await statuses(here, message('b', 4))).toEqual(['accepted']);
    expect(await read()).toMatchObject({ messages: [{ id: 'b' }], draft: null });
  });

  test('does not come back behind a new one either, nor after its row was swept', async () => {
    await here.send([message('a', 0), draft('b', 1), draft('x', 2)]);
    await here.send([draft('c', 3)]);
    await clear();
    expect(await statuses(here, draft('d', 1))).toEqual(['accepted']);
    expect(await statuses(there, draft('c', 5), draft('d', 2))).toEqual(['duplicate', 'duplicate']);
    expect(await statuses(there, draft('x', 6))).toEqual(['duplicate']);
    expect(await textNow()).toBe('d at 1 ');
    await here.send([message('d', 7)]);
    await sweepStaleRows(base.db, { projectId: 1, nowMs: Date.now() + 600_000 });
    expect(await statuses(there, draft('c', 9))).toEqual(['duplicate']);
    expect(await textNow()).toBeNull();
    await clear(0);
    expect(await statuses(there, draft('c', 10))).toEqual(['duplicate']);
    expect(await statuses(there, draft('e', 10))).toEqual(['accepted']);
  });

  test('is not brought back by an undo', async () => {
    await here.send([message('a', 0), draft('b', 1)]);
    await clear();
    await restoreHistory(base.db, { by, id: session, announce: () => {} });
    expect(await read()).toMatchObject({ messages: [{ id: 'a' }], draft: null });
    expect(await statuses(here, draft('b', 2))).toEqual(['duplicate']);
  });

  test.each(Array.from({ length: 8 }, (_, round) => round))(
    'is not shown beside what was cleared or stored at the same time (round %i)',
    async () => {
      await here.send([message('a', 0), draft('b', 1)]);
      const seen: (string | null)[] = [];
      await Promise.all([
        (async () => {
          for (let second = 2; second < 8; second++) await there.send([draft('b', second)]);
        })(),
        here.send([message('c', 0)]).then(() => clear()),
        (async () => {
          for (let reads = 0; reads < 20; reads++) {
            const page = await read();
            if (page.epoch > 0) seen.push(page.draft?.id ?? null);
          }
        })(),
      ]);
      expect(await statuses(there, draft('b', 20))).toEqual(['duplicate']);
      await Promise.all([here.send([message('b', 30)]), there.send([draft('b', 31)])]);
      expect(await read()).toMatchObject({ messages: [{ id: 'b' }], draft: null });
      expect(seen.filter((id) => id !== null)).toEqual([]);
    },
  );
});

/** A draft whose statement has begun, and waits for its row until what `between` does is committed. */
async function putBeside(event: DraftEvent, between: () => Promise<unknown>) {
  // An ended draft: nobody but the next one waits for its row.
  await here.send([message('a', 0), draft('old', 1)]);
  await here.send([message('old', 1)]);
  const sql = connect({ url: base.url, connectionsMax: 1 });
  const waiting = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%message_drafts as d%'`;
  await sql.unsafe('begin');
  await sql.unsafe('select 1 from message_drafts where project_id = 1 for update');
  const put = statuses(there, event);
  await vi.waitFor(async () => expect(await base.db.run(waiting)).toEqual([{ n: 1 }]));
  await between();
  await sql.unsafe('commit');
  await sql.end();
  return put;
}

test('a draft that was being written while its message was stored is not shown', async () => {
  await putBeside(draft('b', 9), () => here.send([message('b', 2)]));
  expect(await read()).toMatchObject({ draft: null });
  expect((await read()).messages.map(({ id }) => id)).toEqual(['a', 'old', 'b']);
});

test('a draft that was being written while its session was cleared is not shown, then or later', async () => {
  await putBeside(draft('b', 9), () => clear());
  expect(await read()).toMatchObject({ epoch: 1, draft: null });
  expect(await statuses(here, draft('b', 10))).toEqual(['duplicate']);
  expect(await statuses(here, draft('c', 10))).toEqual(['accepted']);
});

test('messages and drafts of many sessions at once, from two replicas, do not wait for each other in a ring', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `${session}-${index}`);
  await here.send(names.map((name) => ({ ...message('a', 0), session: name })));
  const stored = await base.db.run<{ id: string; external_id: string }>(
    'select id::text, external_id from sessions where project_id = 1 and external_id like $1::text',
    [`${session}-%`],
  );
  const rows = stored.map((row) => ({
    ...prepareDraft(draft('x', 1), { redact: true }).row,
    sessionId: Number(row.id),
  }));
  const put = async (db: Database, isReversed: boolean) => {
    for (let round = 0; round < 40; round++) {
      await putDrafts(db, { projectId: 1, rows: isReversed ? rows.toReversed() : rows });
    }
  };
  const send = async (replica: Replica, isReversed: boolean) => {
    for (let round = 0; round < 20; round++) {
      const events = names.map((name) => ({ ...message(`${isReversed}-${round}`, 2), session: name }));
      await replica.send(isReversed ? events.toReversed() : events);
    }
  };
  await Promise.all([put(base.db, false), put(other, true), send(here, true), send(there, false)]);
  expect((await readMessages(base.db, { projectId: 1, id: `${session}-7`, from: 0, limit: 1 })).lastSeq).toBe(
    40,
  );
});

test('a flush of drafts is told as drafts, ten times a second at most, and one that changes nothing is not', async () => {
  const hub = openLiveHub({
    origin: 'test',
    notify: async () => {},
    listen: () => ({ stop: async () => {} }),
    onError: () => {},
  });
  const changes: ProjectChange[] = [];
  hub.subscribe(1, (change) => changes.push(change));
  const lanes = openIngestLanes(base.db, hub.publish);
  const send = (event: DraftEvent) =>
    ingestEvents(decoded([event]), { lanes, projectId: 1, overrides: [], redact: true });
  const startMs = performance.now();
  await Promise.all(Array.from({ length: 50 }, (_, index) => send(draft('a', index))));
  for (let index = 0; index < 5; index++) await send(draft('a', 50 + index));
  await send(draft('a', 1));
  await hub.close();
  const ticks = Math.ceil((performance.now() - startMs) / 100) + 1;
  expect(changes.length).toBeGreaterThan(2);
  expect(changes.length).toBeLessThanOrEqual(Math.min(ticks, 7));
  expect(changes[0]).toEqual({ topics: ['drafts'], sessions: [session] });
  expect(await textNow()).toBe('a at 54 ');
});

describe('a draft as it is sent', () => {
  const send = async (fields: Readonly<Record<string, unknown>>) => {
    const event = {
      type: 'message',
      id: 'd',
      ts: at(1),
      agent: 'a',
      session,
      role: 'assistant',
      partial: true,
    };
    const { items } = decodeBatch({
      bytes: Buffer.from(JSON.stringify({ ...event, ...fields })),
      contentType: 'application/json',
      nowMs: Date.parse(at(2)),
    });
    const lanes = openIngestLanes(base.db);
    return ingestEvents(items, { lanes, projectId: 1, overrides: [], redact: true });
  };

  test('is a message with partial; partial false is a message', async () => {
    expect(await send({ content: 'so far ' })).toMatchObject({ accepted: 1, redacted: 0 });
    expect(await read()).toMatchObject({ messages: [], draft: { id: 'd', text: 'so far ' } });
    expect(await send({ content: 'so far and done', partial: false })).toMatchObject({ accepted: 1 });
    expect(await read()).toMatchObject({ messages: [{ preview: 'so far and done' }], draft: null });
    expect((await send({ content: 'x', partial: 'yes' })).results[0]).toMatchObject({
      status: 'rejected',
      code: 'wrong_type',
      field: 'partial',
    });
  });

  test('may hold any text and any parts, and long ones are cut to their end', async () => {
    await send({ content: 'a\u0000b \ud800 c "\\{},NULL ' });
    expect(await textNow()).toBe('a\u2400b \ufffd c "\\{},NULL ');
    await send({
      ts: at(2),
      content: [
        { type: 'text', text: 'x\u0000 ' },
        { type: 'image', data: 'aGk=' },
      ],
    });
    expect(await textNow()).toBe('x\u2400 \n[image, 30 bytes]');
    const long = '\u{1f600} wörds and 密钥 '.repeat(100_000);
    await send({ ts: at(2), content: long });
    const page = await read();
    expect(page.draft).toMatchObject({ truncated: true, characters: long.length });
    expect(long.endsWith(page.draft?.text.slice(2) ?? 'none')).toBe(true);
    expect(page.draft?.text.length).toBeLessThanOrEqual(16_001);
  });

  test('shows no secret at any step, not even half of one', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const text = `the token is ${secret} `;
    for (let end = 1; end <= text.length; end += 3) {
      await send({ ts: at(2), content: text.slice(0, end) });
      const [stored] = await base.db.run('select text from message_drafts where text like $1::text', [
        `%${secret.slice(4, 8)}%`,
      ]);
      expect(stored).toBeUndefined();
    }
    await send({ ts: at(2), content: `${text}. ` });
    expect((await read()).draft).toMatchObject({
      text: 'the token is [redacted:github-token] . ',
      redactions: 1,
    });
  });
});
