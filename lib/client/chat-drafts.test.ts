import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftView } from '#lib/chat/draft-view.ts';
import type { MessagePage, PageMessage } from '#lib/chat/message-view.ts';
import { type ChatStore, openChatStore } from './chat-store.ts';

let server: { epoch: number; lastSeq: number; clearedThroughSeq: number; draft: DraftView | null };
let frames: (() => void)[];
let release: (() => void)[];
let requests: number;

const at = (second: number) => new Date(Date.UTC(2026, 10, 20) + second * 1_000).toISOString();

function draft(second: number): DraftView {
  const text = 'word '.repeat(second);
  return {
    id: 'd',
    ts: at(second),
    role: 'assistant',
    kind: 'text',
    toolName: null,
    text,
    truncated: false,
    characters: text.length,
    redactions: 0,
  };
}

function message(seq: number): PageMessage {
  return {
    seq,
    id: String(seq),
    ts: at(seq),
    role: 'user',
    kind: 'text',
    toolName: null,
    toolCallId: null,
    bytes: 1,
    tokens: 1,
    tokensEstimated: true,
    preview: 'x',
    previewTruncated: false,
    truncated: false,
    redactions: 0,
    cleared: false,
    call: null,
  };
}

/** What the server tells at the time of asking; the answer comes when the test says so. */
function answer(from: number, limit: number): MessagePage {
  const { draft: written, ...line } = server;
  const end = Math.min(line.lastSeq + 1, from + limit);
  const messages = Array.from({ length: Math.max(0, end - from) }, (_, index) => message(from + index));
  const nextFrom = end <= line.lastSeq ? end : null;
  return { ...line, messages, previousTs: null, nextFrom, draft: nextFrom === null ? written : null };
}

function open(): ChatStore {
  const { draft: _, ...line } = server;
  return openChatStore({
    line,
    startSeq: null,
    onFrame: (callback) => frames.push(callback),
    readPage: ({ from, limit, signal }) => {
      requests += 1;
      const page = answer(from, limit);
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        release.push(() => resolve(page));
      });
    },
  });
}

async function turn(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) await Promise.resolve();
}

async function answerAll(): Promise<void> {
  while (release.length > 0) {
    for (const go of release.splice(0)) go();
    await turn();
    for (const draw of frames.splice(0)) draw();
  }
}

async function told(store: ChatStore): Promise<void> {
  void store.refresh();
  await answerAll();
}

beforeEach(() => {
  server = { epoch: 0, lastSeq: 99, clearedThroughSeq: -1, draft: null };
  frames = [];
  release = [];
  requests = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

test('a draft is drawn once a frame, the newest, and changes the snapshot only when it comes and goes', async () => {
  const store = open();
  let changes = 0;
  let draws = 0;
  store.subscribe(() => changes++);
  store.subscribeDraft(() => draws++);
  for (let second = 1; second <= 200; second++) {
    server.draft = draft(second);
    void store.refresh();
    for (const go of release.splice(0)) go();
    await turn();
    if (second % 4 === 0) for (const draw of frames.splice(0)) draw();
  }
  await answerAll();
  expect(store.draft()?.ts).toBe(at(200));
  expect({ changes, draws: draws <= 51, hasDraft: store.snapshot().hasDraft }).toEqual({
    changes: 1,
    draws: true,
    hasDraft: true,
  });
  server = { ...server, draft: null };
  await told(store);
  expect([store.draft(), store.snapshot().hasDraft, changes]).toEqual([null, false, 2]);
});

test('however many changes are told while an answer is under way, one more is asked for', async () => {
  const store = open();
  for (let told = 0; told < 50; told++) void store.refresh();
  expect(requests).toBe(1);
  await answerAll();
  expect(requests).toBe(2);
});

test('its message takes its place in the same frame', async () => {
  const store = open();
  server.draft = draft(1);
  await told(store);
  server = { ...server, lastSeq: 100, draft: null };
  const rows: number[] = [];
  store.subscribe(() => {
    const { window, lastSeq, hasDraft } = store.snapshot();
    rows.push(window.end + (hasDraft && window.end === lastSeq + 1 ? 1 : 0));
  });
  void store.refresh();
  for (const go of release.splice(0)) go();
  await turn();
  expect(rows).toEqual([]);
  for (const draw of frames.splice(0)) draw();
  expect(new Set(rows)).toEqual(new Set([101]));
  expect(store.row(100)?.seq).toBe(100);
});

test('elsewhere its message takes the place of its row, and others are counted', async () => {
  const store = open();
  server.draft = draft(1);
  await told(store);
  store.see({ first: 80, end: 99 });
  await answerAll();
  store.setFollowing(false);
  server = { ...server, lastSeq: 100, draft: draft(2) };
  await told(store);
  expect(store.snapshot()).toMatchObject({ window: { end: 101 }, unseen: 1, hasDraft: true });
  expect(store.row(100)?.seq).toBe(100);
  server = { ...server, lastSeq: 104, draft: draft(3) };
  await told(store);
  expect(store.snapshot()).toMatchObject({ window: { end: 102 }, unseen: 5, hasDraft: false });
  await Promise.all([store.toEnd(), answerAll()]);
  expect(store.snapshot()).toMatchObject({ window: { end: 105 }, unseen: 0, isFollowing: true });
});

test('a jump to the end leads to what is being written there', async () => {
  const store = open();
  server.draft = draft(1);
  store.see({ first: 90, end: 99 });
  await told(store);
  await store.toEnd();
  expect(store.snapshot().jump).toEqual({ seq: 100, align: 'end' });
  server = { ...server, draft: null };
  await told(store);
  await store.toEnd();
  expect(store.snapshot().jump).toEqual({ seq: 99, align: 'end' });
});

test('a page that was asked for earlier and comes later neither hides nor brings back a draft', async () => {
  const store = open();
  store.see({ first: 90, end: 99 });
  const [early] = release.splice(0);
  server.draft = draft(5);
  await told(store);
  early?.();
  await answerAll();
  expect(store.draft()?.ts).toBe(at(5));

  const again = open();
  server.draft = draft(1);
  again.see({ first: 90, end: 99 });
  const [late] = release.splice(0);
  server = { ...server, lastSeq: 100, draft: null };
  await told(again);
  late?.();
  await answerAll();
  expect([again.draft(), again.snapshot().lastSeq]).toEqual([null, 100]);
});

test('a clearing takes it away at once, also one that another answer tells of', async () => {
  const store = open();
  server.draft = draft(1);
  await told(store);
  store.moveLine({ epoch: 1, lastSeq: 99, clearedThroughSeq: 99 });
  expect([store.draft(), store.snapshot().hasDraft]).toEqual([null, false]);
  await told(store);
  expect(store.draft()).toBeNull();
  server = { epoch: 1, lastSeq: 99, clearedThroughSeq: 99, draft: draft(9) };
  await told(store);
  expect(store.draft()?.ts).toBe(at(9));
});

test('after half a minute without news the server is asked, and nothing is asked once it is closed', async () => {
  vi.useFakeTimers();
  const store = open();
  server.draft = draft(1);
  await told(store);
  const before = requests;
  server.draft = null;
  await vi.advanceTimersByTimeAsync(30_000);
  await answerAll();
  expect([requests, store.draft()]).toEqual([before + 1, null]);
  server.draft = draft(2);
  await told(store);
  store.close();
  await vi.advanceTimersByTimeAsync(90_000);
  expect(requests).toBe(before + 2);
  expect(vi.getTimerCount()).toBe(0);
});
