import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { type LiveHub, openLiveHub } from '../live/live-hub.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { messageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { clearHistory } from './clear-history.ts';
import { endSessionStreams, openSessionStream } from './open-session-stream.ts';
import { parseEventId, type StreamPosition, streamSession } from './stream-session.ts';

let database: TestDatabase;
let hub: LiveHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openLiveHub({
    origin: 'here',
    notify: async () => {},
    listen: () => ({ stop: async () => {} }),
    onError: () => {},
  });
});
afterAll(async () => {
  await hub.close();
  await database.close();
});

async function send(session: string, from: number, to: number): Promise<void> {
  await openReplica(database.db).send(
    Array.from({ length: to - from }, (_, index) =>
      messageEvent({ id: `${session}-${from + index}`, session }),
    ),
  );
  hub.publish(1, { topics: ['messages'], sessions: [session] });
}

async function follow(session: string, position: StreamPosition | null) {
  const ending = new AbortController();
  const stream = await streamSession(database.db, {
    projectId: 1,
    id: session,
    position,
    hub,
    signal: ending.signal,
  });
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const next = async () => {
    const { value } = await reader.read();
    const [, event, id, data] = /^event: (\w+)\nid: (\S+)\ndata: (.*)\n\n$/.exec(decoder.decode(value)) ?? [];
    const body: { lastSeq: number; epoch: number; messages?: { seq: number }[] } = JSON.parse(data ?? 'null');
    return { event, id, lastSeq: body.lastSeq, seqs: body.messages?.map(({ seq }) => seq) };
  };
  return { next, end: () => ending.abort() };
}

test('a message that is being written is not streamed and has nothing read', async () => {
  await send('drafted', 0, 1);
  let reads = 0;
  const counting = {
    ...database.db,
    run: ((...query) => {
      reads += 1;
      return database.db.run(...query);
    }) as typeof database.db.run,
  };
  const ending = new AbortController();
  const input = { projectId: 1, id: 'drafted', position: null, hub, signal: ending.signal };
  const reader = (await streamSession(counting, input)).getReader();
  await reader.read();
  const before = reads + 1;
  const waiting = reader.read();
  await vi.waitFor(() => expect(reads).toBe(before));
  const heard = new Promise<void>((resolve) => {
    const leave = hub.subscribe(1, ({ topics }) => {
      if (!topics.includes('drafts')) return;
      leave();
      resolve();
    });
  });
  hub.publish(1, { topics: ['drafts'], sessions: ['drafted'] });
  await heard;
  await new Promise(setImmediate);
  expect(reads).toBe(before);
  ending.abort();
  await waiting;
});

test('messages are streamed in order as they come', async () => {
  await send('live', 0, 3);
  const { next, end } = await follow('live', null);
  expect(await next()).toMatchObject({ event: 'state', id: '0-3', lastSeq: 2 });
  await send('live', 3, 5);
  expect(await next()).toEqual({ event: 'messages', id: '0-5', lastSeq: 4, seqs: [3, 4] });
  end();
});

test('a reader that comes back gets what it missed', async () => {
  await send('back', 0, 130);
  const { next, end } = await follow('back', parseEventId('0-20'));
  expect(await next()).toMatchObject({ event: 'state', id: '0-20' });
  expect((await next()).seqs).toHaveLength(100);
  expect((await next()).seqs?.at(-1)).toBe(129);
  end();
});

test('of more than 500 missed messages only the end is told', async () => {
  await send('gap', 0, 600);
  const { next, end } = await follow('gap', { epoch: 0, nextSeq: 10 });
  expect(await next()).toMatchObject({ event: 'state', id: '0-600', lastSeq: 599 });
  end();
});

test('a clearing is told, and nothing before its line is sent', async () => {
  await send('cleared', 0, 5);
  const { next, end } = await follow('cleared', { epoch: 0, nextSeq: 2 });
  await next();
  await clearHistory(database.db, {
    by: browserPrincipal(),
    id: 'cleared',
    scope: { kind: 'beforeSeq', seq: 4 },
    dryRun: false,
    undoMinutes: 10,
  });
  expect(await next()).toMatchObject({ event: 'state', id: '1-4' });
  expect((await next()).seqs).toEqual([4]);
  end();
});

test('a position that is not there yet begins at the end', async () => {
  await send('ahead', 0, 3);
  const { next, end } = await follow('ahead', { epoch: 0, nextSeq: 99_999 });
  expect(await next()).toMatchObject({ event: 'state', id: '0-3' });
  await send('ahead', 3, 4);
  expect((await next()).seqs).toEqual([3]);
  end();
});

test('who only asks for the head of a stream, or is gone again, takes no place among the hundred', async () => {
  await send('headed', 0, 1);
  const open = (init: RequestInit) =>
    openSessionStream(database.db, {
      projectId: 1,
      id: 'headed',
      query: {},
      request: new Request('http://localhost/api/sessions/headed/stream', init),
      hub,
    });
  for (let asked = 0; asked < 101; asked += 1) {
    const head = await open({ method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, null]);
    const { body } = await open({ signal: AbortSignal.abort() });
    expect(await body?.getReader().read()).toEqual({ done: true, value: undefined });
  }
  expect((await open({})).body).not.toBeNull();
  endSessionStreams();
});

test.each([null, '', '1', 'x-1', '1-', '-1-5', '1-2-3'])('%s is no event id of ours', (text) => {
  expect(parseEventId(text)).toBeNull();
});
