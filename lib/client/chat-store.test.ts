import { beforeEach, describe, expect, test } from 'vitest';
import type { MessagePage, PageMessage } from '#lib/chat/message-view.ts';
import { type ChatStore, openChatStore } from './chat-store.ts';

type Asked = {
  readonly from: number;
  readonly limit: number;
  readonly gapMax?: number;
  readonly signal: AbortSignal;
};

let server: { epoch: number; lastSeq: number; clearedThroughSeq: number };
let asked: Asked[];
let frames: (() => void)[];
let release: (() => void)[];

function message(seq: number): PageMessage {
  return {
    seq,
    id: String(seq),
    ts: new Date(Date.UTC(2026, 10, 20) + seq * 1_000).toISOString(),
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

function answer({ from, limit, gapMax = Number.POSITIVE_INFINITY }: Asked): MessagePage {
  const isFar = server.lastSeq - from >= gapMax;
  const start = isFar ? server.lastSeq + 1 - limit : from;
  const first = Math.max(start, server.clearedThroughSeq + 1);
  const end = Math.min(server.lastSeq + 1, start + limit);
  const messages = Array.from({ length: Math.max(0, end - first) }, (_, index) => message(first + index));
  const nextFrom = end <= server.lastSeq ? end : null;
  return { ...server, messages, previousTs: null, nextFrom, draft: null };
}

/** Answers wait for `answerAll`, and are read from the server then. */
function open(startSeq: number | null = null, firstPage: MessagePage | null = null): ChatStore {
  return openChatStore({
    line: { ...server },
    startSeq,
    firstPage,
    onFrame: (callback) => frames.push(callback),
    readPage: (page) => {
      asked.push(page);
      return new Promise((resolve, reject) => {
        page.signal.addEventListener('abort', () => reject(page.signal.reason));
        release.push(() => resolve(answer(page)));
      });
    },
  });
}

async function answerAll(): Promise<void> {
  while (release.length > 0) {
    for (const go of release.splice(0)) go();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    for (const draw of frames.splice(0)) draw();
  }
}

const froms = () => asked.map(({ from }) => from);

beforeEach(() => {
  server = { epoch: 0, lastSeq: 999_999, clearedThroughSeq: -1 };
  asked = [];
  frames = [];
  release = [];
});

describe('a first page', () => {
  const last = (line: Partial<typeof server> = {}): MessagePage => {
    const before = server;
    server = { ...server, ...line };
    const page = answer({ from: 0, limit: 50, gapMax: 50, signal: new AbortController().signal });
    server = before;
    return page;
  };

  test('is there at once, and only what is beside it is read', async () => {
    server.lastSeq = 999_975;
    const store = open(null, last());
    expect([store.row(999_975)?.seq, store.row(999_926)?.seq]).toEqual([999_975, 999_926]);
    store.see({ first: 999_965, end: 999_976 });
    expect(froms()).toEqual([999_900]);
    await answerAll();
    expect(store.row(999_900)?.seq).toBe(999_900);
  });

  test('that knows of more messages than the line opens at their end', () => {
    const store = open(null, last({ lastSeq: 1_000_004 }));
    expect(store.snapshot()).toMatchObject({ lastSeq: 1_000_004, jump: { seq: 1_000_004 } });
    expect(store.row(1_000_004)?.seq).toBe(1_000_004);
  });

  test('of an epoch that is over is dropped; of a new one it tells what was cleared', () => {
    const page = last();
    server = { epoch: 1, lastSeq: 999_999, clearedThroughSeq: 999_989 };
    expect(open(null, page).row(999_999)).toBeUndefined();
    const later = last({ epoch: 2, clearedThroughSeq: 999_994 });
    const store = open(null, later);
    expect(store.snapshot()).toMatchObject({ epoch: 2, firstSeq: 999_995 });
    expect([store.row(999_994), store.row(999_995)?.seq]).toEqual([undefined, 999_995]);
  });
});

describe('what is read', () => {
  test('is what is seen, and then the pages beside it', async () => {
    const store = open();
    store.see({ first: 999_990, end: 1_000_000 });
    expect(froms()).toEqual([999_950]);
    await answerAll();
    store.see({ first: 999_990, end: 1_000_000 });
    expect(froms()).toEqual([999_950, 999_900]);
    expect(store.row(999_999)?.seq).toBe(999_999);
  });

  test('is given up when the reader is elsewhere before it comes', () => {
    const store = open();
    store.see({ first: 999_990, end: 1_000_000 });
    store.see({ first: 500_000, end: 500_010 });
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });

  test('never exceeds its bounds, wherever one goes', async () => {
    const store = open();
    for (let jump = 0; jump < 200; jump++) {
      const first = (jump * 734_003) % 999_000;
      store.see({ first, end: first + 10 });
      await answerAll();
      store.see({ first, end: first + 10 });
      await answerAll();
    }
    expect(store.stats()).toMatchObject({ pages: 40, fetching: 0, ring: 0 });
  });
});

test('the window moves with the reader once a frame, however often it is told', () => {
  const store = open();
  store.see({ first: 998_010, end: 998_020 });
  store.see({ first: 998_010, end: 998_020 });
  expect(frames).toHaveLength(1);
  expect(store.snapshot().window.first).toBe(998_000);
  for (const draw of frames.splice(0)) draw();
  expect(store.snapshot().window).toEqual({ first: 997_015, end: 999_015 });
});

test('a jump asks once and holds the right message', async () => {
  const store = open();
  const jumped = store.jumpTo(734_000);
  await answerAll();
  await jumped;
  expect(froms()).toEqual([734_000]);
  expect(store.row(734_000)?.seq).toBe(734_000);
  const { window, jump, isFollowing } = store.snapshot();
  expect({ window, jump, isFollowing }).toEqual({
    window: { first: 733_000, end: 735_000 },
    jump: { seq: 734_000, align: 'start' },
    isFollowing: false,
  });
});

test('a jump near the end of a page asks once for what is seen below it too', async () => {
  const store = open();
  const jumped = store.jumpTo(734_040);
  await answerAll();
  await jumped;
  expect(asked.map(({ from, limit }) => ({ from, limit }))).toEqual([{ from: 734_000, limit: 100 }]);
  store.see({ first: 734_040, end: 734_055 });
  expect(froms().filter((from) => from === 734_050)).toEqual([]);
});

test('the end is read whole though the page before it is there', async () => {
  server.lastSeq = 999_952;
  const store = open();
  store.see({ first: 999_900, end: 999_910 });
  await answerAll();
  const jumped = store.toEnd();
  await answerAll();
  await jumped;
  expect(store.row(999_952)?.seq).toBe(999_952);
  expect(froms()).toEqual([999_900, 999_950]);
});

test('of two jumps the later one counts, whichever is answered first', async () => {
  const store = open();
  const first = store.jumpTo(100_000);
  const [answerFirst] = release.splice(0);
  const second = store.jumpTo(734_000);
  await answerAll();
  await second;
  answerFirst?.();
  await first;
  expect(store.snapshot().jump).toEqual({ seq: 734_000, align: 'start' });
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('a jump is not given up because the reader sees something else until it is done', async () => {
  const store = open();
  store.see({ first: 999_990, end: 1_000_000 });
  await answerAll();
  const jumped = store.jumpTo(734_000);
  store.see({ first: 999_980, end: 999_990 });
  await answerAll();
  await jumped;
  expect(store.row(734_000)?.seq).toBe(734_000);
  expect(froms().filter((from) => from === 734_000)).toHaveLength(1);
});

test('a jump to a page that is on its way waits for it', async () => {
  const store = open();
  store.see({ first: 734_000, end: 734_010 });
  const jumped = store.jumpTo(734_005);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  expect(store.snapshot().jump?.seq).toBe(999_999);
  await answerAll();
  await jumped;
  expect(store.snapshot().jump?.seq).toBe(734_005);
  expect(froms().filter((from) => from === 734_000)).toHaveLength(1);
});

describe('the tail', () => {
  test('is asked for once while the answer is under way, and once more after it', async () => {
    const store = open();
    for (let change = 0; change < 50; change++) void store.refresh();
    expect(asked).toHaveLength(1);
    await answerAll();
    expect(asked).toHaveLength(2);
  });

  test('is followed at the end, a frame at a time', async () => {
    const store = open();
    server.lastSeq += 3;
    void store.refresh();
    await answerAll();
    expect(store.snapshot()).toMatchObject({ lastSeq: 1_000_002, unseen: 0 });
    expect(store.snapshot().window.end).toBe(1_000_003);
    expect(store.row(1_000_002)?.seq).toBe(1_000_002);
  });

  test('is only counted elsewhere', async () => {
    const store = open();
    store.setFollowing(false);
    const { window } = store.snapshot();
    server.lastSeq += 3;
    void store.refresh();
    await answerAll();
    expect(store.snapshot()).toMatchObject({ lastSeq: 1_000_002, unseen: 3, window });
    expect(asked[0]?.limit).toBe(1);
  });

  test('is never replayed after a long absence', async () => {
    const store = open();
    server.lastSeq += 50_000;
    void store.refresh();
    await answerAll();
    expect(froms()).toEqual([1_000_000]);
    expect(store.row(1_049_999)?.seq).toBe(1_049_999);
    expect(store.snapshot()).toMatchObject({ jump: { seq: 1_049_999, align: 'end' }, isFollowing: true });
  });

  test('after a long absence is read further back, also where its page is there in part', async () => {
    const store = open();
    server.lastSeq += 50_010;
    void store.refresh();
    await answerAll();
    // Its last 200 begin in the middle of a page.
    expect(store.row(1_049_810)?.seq).toBe(1_049_810);
    expect(store.row(1_049_809)).toBeUndefined();
    store.see({ first: 1_049_805, end: 1_049_815 });
    await answerAll();
    expect(store.row(1_049_809)?.seq).toBe(1_049_809);
  });

  test('of more than 500 messages within a frame leads to the end', async () => {
    const store = open();
    server.lastSeq += 2_000;
    store.receive(Array.from({ length: 2_000 }, (_, index) => message(1_000_000 + index)));
    expect(store.stats().ring).toBe(500);
    for (const draw of frames.splice(0)) draw();
    await answerAll();
    expect(store.snapshot().jump).toEqual({ seq: 1_001_999, align: 'end' });
    expect(store.stats().ring).toBe(0);
  });
});

describe('a clearing', () => {
  test('empties everything, and an answer of the epoch before is dropped', async () => {
    const store = open();
    store.see({ first: 999_990, end: 1_000_000 });
    const [late] = release.splice(0);
    server = { epoch: 1, lastSeq: 999_999, clearedThroughSeq: 999_999 };
    store.moveLine({ ...server });
    server = { ...server, epoch: 0, clearedThroughSeq: -1 };
    late?.();
    await answerAll();
    expect(store.stats()).toMatchObject({ pages: 0, ring: 0, fetching: 0 });
    expect(store.snapshot()).toMatchObject({ epoch: 1, firstSeq: 1_000_000 });
  });

  test('by somebody else shows with the next answer, whatever was asked', async () => {
    const store = open();
    server = { epoch: 3, lastSeq: 999_999, clearedThroughSeq: 999_989 };
    store.see({ first: 999_990, end: 1_000_000 });
    await answerAll();
    expect(store.snapshot()).toMatchObject({ epoch: 3, firstSeq: 999_990 });
    expect(store.row(999_980)).toBeUndefined();
  });
});

test('a session is entered at a message that was cleared where reading begins, and at one to come at its end', () => {
  server = { epoch: 1, lastSeq: 999_999, clearedThroughSeq: 499_999 };
  expect(open(1_200).snapshot()).toMatchObject({
    jump: { seq: 500_000, align: 'start' },
    isFollowing: false,
  });
  expect(open(2_000_000).snapshot()).toMatchObject({
    jump: { seq: 999_999, align: 'end' },
    isFollowing: true,
  });
});

test('short of memory, it lets go of pages once, and draws nothing anew where none can go', async () => {
  const store = open();
  for (let first = 0; first < 1_000; first += 50) {
    store.see({ first, end: first + 10 });
    await answerAll();
  }
  expect(store.trim()).toBeGreaterThan(10);
  expect(store.stats().pages).toBe(6);
  const before = store.snapshot();
  expect(store.trim()).toBe(0);
  expect(store.snapshot()).toBe(before);
});

test('closed, it holds and asks nothing', async () => {
  const store = open();
  store.see({ first: 999_990, end: 1_000_000 });
  store.close();
  await answerAll();
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(store.stats()).toMatchObject({ pages: 0, fetching: 0, ring: 0 });
});
