import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BoundedMap } from './bounded-map.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { DropWatch } from './drop-watch.ts';
import { HistoryTrimmer } from './history-trimmer.ts';
import { ResultStore } from './result-store.ts';
import { assistant, brokenPairs, call, result, system, type TestMessage, user } from './testing/chat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('BoundedMap', () => {
  test('when full, what is settled goes first, then the oldest', () => {
    const gone: string[] = [];
    const map = new BoundedMap<string, number>({ sizeMax: 3, onEvict: (key) => gone.push(key) });
    map.set('a', 1).set('b', 2).set('c', 3);
    map.settle('b');
    map.set('d', 4).set('e', 5);
    expect(gone).toEqual(['b', 'a']);
    expect(map.report()).toEqual({ size: 3, sizeMax: 3, evicted: 2, expired: 0 });
  });

  test('entries expire, settled ones sooner, also without being asked for', () => {
    const map = new BoundedMap<string, number>({ ttlMs: 1_000, settledTtlMs: 100, sweepMs: 50 });
    map.set('open', 1).set('answered', 2);
    map.settle('answered');
    vi.advanceTimersByTime(101);
    expect([map.has('open'), map.has('answered')]).toEqual([true, false]);
    vi.advanceTimersByTime(950);
    expect(map.size).toBe(0);
    expect(map.report().expired).toBe(2);
  });

  test('setting a key again makes it the youngest; so does reading it, where that is asked for', () => {
    const map = new BoundedMap<string, number>({ sizeMax: 2, renewOnGet: true });
    map.set('a', 1).set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.has('a'), map.has('b')]).toEqual([true, false]);
  });

  test('close tells of each entry and leaves no timer', () => {
    const closed: string[] = [];
    const map = new BoundedMap<string, number>({
      sweepMs: 1_000,
      onEvict: (key, _, reason) => closed.push(`${key} ${reason}`),
    });
    map.set('a', 1);
    map.close();
    expect(closed).toEqual(['a closed']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('BoundedQueue', () => {
  test('drops the oldest, and tells', () => {
    const dropped: number[] = [];
    const queue = new BoundedQueue<number>({ sizeMax: 2, onDrop: (value) => dropped.push(value) });
    for (const value of [1, 2, 3, 4]) queue.push(value);
    expect(dropped).toEqual([1, 2]);
    expect(queue.takeMany(5)).toEqual([3, 4]);
  });

  test('or refuses the newest', () => {
    const queue = new BoundedQueue<number>({ sizeMax: 1, whenFull: 'drop-newest' });
    expect([queue.push(1), queue.push(2), queue.shift()]).toEqual([true, false, 1]);
    expect(queue.report().dropped).toBe(1);
  });

  test('what may go goes before older ones that may not', () => {
    const queue = new BoundedQueue<{ id: number; isExecuted: boolean }>({
      sizeMax: 2,
      mayGo: (value) => value.isExecuted,
    });
    queue.push({ id: 1, isExecuted: false });
    queue.push({ id: 2, isExecuted: true });
    queue.push({ id: 3, isExecuted: false });
    expect(queue.takeMany(3).map(({ id }) => id)).toEqual([1, 3]);
  });

  test('what waited too long is not given out, and is swept', () => {
    const queue = new BoundedQueue<number>({ ttlMs: 100, sweepMs: 50 });
    queue.push(1);
    vi.advanceTimersByTime(60);
    queue.push(2);
    vi.advanceTimersByTime(45);
    expect(queue.shift()).toBe(2);
    vi.advanceTimersByTime(100);
    expect(queue.size).toBe(0);
    queue.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('keeps its order over many times its size', () => {
    const queue = new BoundedQueue<number>({ sizeMax: 100 });
    for (let value = 0; value < 10_000; value++) queue.push(value);
    expect(queue.takeMany(3)).toEqual([9_900, 9_901, 9_902]);
    expect(queue.size).toBe(97);
  });
});

describe('HistoryTrimmer', () => {
  const pair = (index: number): readonly TestMessage[] => [call(`c${index}`, 't'), result(`c${index}`, 'r')];

  test('nothing happens up to 150 % of the limit; above it, 120 % of the pairs stay, none broken', () => {
    const trimmer = new HistoryTrimmer({ pairsMax: 10 });
    let history: readonly TestMessage[] = [system('s')];
    for (let index = 0; history.length + 2 <= 37; index++) history = [...history, ...pair(index)];
    expect(trimmer.trim(history)).toBe(history);
    expect(trimmer.stats()).toMatchObject({ limit: 25, trims: 0, length: 37, utilisation: 37 / 25 });
    const trimmed = trimmer.trim([...history, ...pair(99)]);
    expect(trimmed).toHaveLength(1 + 24);
    expect(trimmed[0]?.role).toBe('system');
    expect(trimmed.at(-1)?.tool_call_id).toBe('c99');
    expect(brokenPairs(trimmed)).toBe(0);
    expect(trimmer.stats()).toMatchObject({ trims: 1, messagesDropped: 39 - 25, utilisation: 1 });
  });

  test('a trim is told', () => {
    const notes: unknown[] = [];
    const chat = Array.from({ length: 40 }, (_, index) => (index % 2 ? assistant('a') : user('u')));
    new HistoryTrimmer({ onOperation: (note) => notes.push(note) }).trim(chat);
    expect(notes).toEqual([{ name: 'trim', kind: 'prune', durationMs: 0, attributes: { messages: 16 } }]);
  });

  test('a chat without tools is trimmed too', () => {
    const chat = Array.from({ length: 40 }, (_, index) => (index % 2 ? assistant('a') : user('u')));
    expect(new HistoryTrimmer().trim(chat)).toHaveLength(24);
  });
});

test('ResultStore holds its bytes, drops the oldest, and gives out pieces', () => {
  const store = new ResultStore({ bytesMax: 10_000 });
  store.put('a', 'a'.repeat(2_000));
  store.put('b', 'b'.repeat(3_000));
  store.put('c', 'c'.repeat(2_000));
  expect(store.read('a')).toBe(null);
  expect(store.read('b', { from: 2_998, charsMax: 10 })).toBe('bb');
  store.put('too large', 'x'.repeat(5_001));
  expect(store.report()).toEqual({ results: 2, bytes: 10_000, dropped: 2 });
  store.close();
  expect(store.report().bytes).toBe(0);
});

test('DropWatch counts what was dropped and asked for again, each once', () => {
  const watch = new DropWatch();
  watch.noteDropped(['read {"path":"a"}', 'read {"path":"b"}', 'read {"path":"a"}']);
  const again = { id: '1', name: 'read', input: { path: 'a' } };
  expect([watch.noteCall(again), watch.noteCall(again)]).toEqual([true, false]);
  expect(watch.report()).toEqual({ dropped: 2, askedAgain: 1, share: 0.5 });
});
