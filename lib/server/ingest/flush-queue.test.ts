import { expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { flushQueue } from './flush-queue.ts';

/** A queue whose flushes end when the test says so. */
function openQueue(limits: { inFlightMin?: number; inFlightMax?: number; waitingMax?: number } = {}) {
  const flushes: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const queue = flushQueue<number, string>({
    itemsMax: 64,
    inFlightMin: 1,
    inFlightMax: 2,
    waitingMax: 120,
    ...limits,
    flush: (items) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) =>
          error ? reject(error) : resolve(items.map((item) => `stored ${item}`));
        flushes.push({ items, end });
      }),
  });
  return { queue, sizes: () => flushes.map(({ items }) => items.length), flushes };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes in one turn of the loop goes in one flush, and each gets its own results', async () => {
  const { queue, flushes, sizes } = openQueue();
  const added = [[1], [2, 3], [4]].map((items) => queue.add(items));
  await nextTurn();
  expect(sizes()).toEqual([4]);
  flushes[0]?.end();
  expect(await Promise.all(added)).toEqual([['stored 1'], ['stored 2', 'stored 3'], ['stored 4']]);
});

test('while a short flush is under way what comes waits, and goes together when it ends', async () => {
  const { queue, flushes, sizes } = openQueue();
  void queue.add([1]);
  await nextTurn();
  void queue.add([2]);
  await nextTurn();
  void queue.add([3]);
  await nextTurn();
  expect(sizes()).toEqual([1]);
  flushes[0]?.end();
  await nextTurn();
  await nextTurn();
  expect(sizes()).toEqual([1, 2]);
});

const parcelOf = (length: number) => Array.from({ length }, (_, index) => index);

test('a second flush starts beside the first once a sixteenth of a flush waits', async () => {
  const { queue, sizes } = openQueue({ inFlightMax: 4 });
  for (const length of [1, 2, 2, 1]) {
    void queue.add(parcelOf(length));
    await nextTurn();
  }
  expect(sizes()).toEqual([1, 4]);
  expect(queue.waiting()).toBe(1);
});

test('of single items a second flush starts when as many wait as the first one took', async () => {
  const queue = flushQueue<number, string>({
    itemsMax: 1_000,
    inFlightMin: 1,
    inFlightMax: 4,
    waitingMax: 60_000,
    flush: (items) => {
      sizes.push(items.length);
      return new Promise(() => {});
    },
  });
  const sizes: number[] = [];
  void queue.add(parcelOf(12));
  await nextTurn();
  for (let sent = 0; sent < 11; sent++) void queue.add([sent]);
  await nextTurn();
  expect(sizes).toEqual([12]);
  void queue.add([11]);
  await nextTurn();
  expect(sizes).toEqual([12, 12]);
});

test('as many flushes as are allowed run at once while half a flush waits, and no more', async () => {
  const { queue, sizes } = openQueue({ inFlightMax: 3 });
  for (const length of [32, 32, 32, 32]) {
    void queue.add(parcelOf(length));
    await nextTurn();
  }
  expect(sizes()).toEqual([32, 32, 32]);
  expect(queue.waiting()).toBe(32);
});

test('the items of one request are never split', async () => {
  const { queue, flushes, sizes } = openQueue({ inFlightMax: 1 });
  void queue.add(parcelOf(40));
  void queue.add(parcelOf(40));
  await nextTurn();
  flushes[0]?.end();
  await nextTurn();
  await nextTurn();
  expect(sizes()).toEqual([40, 40]);
});

test('a flush that fails fails its own requests, and the next one goes on', async () => {
  const { queue, flushes } = openQueue();
  const failing = queue.add([1]);
  await nextTurn();
  const waiting = queue.add([2]);
  flushes[0]?.end(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  await nextTurn();
  flushes[1]?.end();
  expect(await waiting).toEqual(['stored 2']);
});

test('past its bound it refuses at once', async () => {
  const { queue } = openQueue({ waitingMax: 3 });
  void queue.add([1, 2]);
  const refusal = await queue.add([3, 4]).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AppError);
  expect(refusal).toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 });
});

test('between the starts of two flushes it rests where it is told to, and what came goes together', async () => {
  const flushes: { items: readonly number[]; atMs: number }[] = [];
  const queue = flushQueue<number, number>({
    itemsMax: 64,
    inFlightMin: 1,
    inFlightMax: 1,
    waitingMax: 120,
    restMs: 60,
    flush: async (items) => {
      flushes.push({ items, atMs: performance.now() });
      return items;
    },
  });
  await queue.add([1]);
  await Promise.all([queue.add([2]), queue.add([3])]);
  await queue.add([4]);
  expect(flushes.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
  const [first = 0, second = 0, third = 0] = flushes.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(58);
  expect(third - second).toBeGreaterThanOrEqual(58);
});
