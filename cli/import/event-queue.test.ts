import { expect, test } from 'vitest';
import type { ImportMark } from '#lib/server/import/import-marks.ts';
import { eventQueue } from './event-queue.ts';
import type { Outgoing, StoreCounts } from './event-store.ts';

const one: StoreCounts = { accepted: 1, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 };
const event: Outgoing = {
  sent: { type: 'operation', id: 'o', ts: '', agent: 'a', name: 'n', kind: 'tool', durationMs: 1 },
  decoded: { index: 0, id: 'o', error: { code: 'wrong_type', field: null, message: '' } },
};
const markAt = (offset: number): ImportMark => ({ offset, fingerprint: '', state: null });

/** A store of batches of one event, and marks; each settles when the test says so. */
function openHeld(inFlightMax: number) {
  const stores: { resolve: (counts: StoreCounts) => void; reject: (error: Error) => void }[] = [];
  const puts: { marks: Record<string, number>; resolve: () => void; reject: (error: Error) => void }[] = [];
  const queue = eventQueue(
    {
      eventsMax: 1,
      bytesMax: 1_000,
      inFlightMax,
      store: () => new Promise((resolve, reject) => stores.push({ resolve, reject })),
      close: () => Promise.resolve(),
    },
    {
      put: (marks) =>
        new Promise((resolve, reject) => {
          const offsets = [...marks].map(([path, { offset }]) => [path, offset]);
          puts.push({ marks: Object.fromEntries(offsets), resolve, reject });
        }),
    },
  );
  return { queue, stores, puts };
}

/** All that is due without time passing. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a mark waits for all that was added before it, also where a later batch is stored first', async () => {
  const { queue, stores, puts } = openHeld(2);
  queue.add(event, 1);
  queue.mark('log', markAt(10));
  queue.add(event, 1);
  stores[1]?.resolve(one);
  await turn();
  expect(puts).toHaveLength(0);
  stores[0]?.resolve(one);
  await turn();
  expect(puts.map(({ marks }) => marks)).toEqual([{ log: 10 }]);
});

test('the next batch is stored while marks are being put, and their order stays', async () => {
  const { queue, stores, puts } = openHeld(1);
  queue.mark('log', markAt(10));
  queue.add(event, 1);
  queue.mark('log', markAt(20));
  queue.mark('log', markAt(30));
  queue.add(event, 1);
  stores[0]?.resolve(one);
  await turn();
  expect([stores.length, puts.map(({ marks }) => marks)]).toEqual([2, [{ log: 10 }]]);
  stores[1]?.resolve(one);
  await turn();
  expect(puts).toHaveLength(1);
  puts[0]?.resolve();
  await turn();
  expect(puts.map(({ marks }) => marks)).toEqual([{ log: 10 }, { log: 30 }]);
});

test('batches stop while the marks of too many are still to be put', async () => {
  const { queue, stores } = openHeld(1);
  for (let count = 1; count <= 10; count++) {
    queue.mark('log', markAt(count));
    queue.add(event, 1);
  }
  for (let count = 0; count < 10; count++) {
    stores[count]?.resolve(one);
    await turn();
  }
  expect(stores).toHaveLength(5);
});

test.each(['store', 'put'] as const)(
  'after a failed %s nothing is marked, and whoever waits hears of it',
  async (which) => {
    const { queue, stores, puts } = openHeld(2);
    queue.mark('first', markAt(1));
    queue.add(event, 1);
    queue.mark('second', markAt(2));
    queue.add(event, 1);
    const settled = queue.settle();
    const failed = expect(settled).rejects.toThrow('full');
    if (which === 'store') stores[0]?.reject(new Error('full'));
    else {
      stores[0]?.resolve(one);
      await turn();
      puts[0]?.reject(new Error('full'));
    }
    stores[1]?.resolve(one);
    await failed;
    await turn();
    expect(puts.map(({ marks }) => marks)).toEqual(which === 'store' ? [] : [{ first: 1 }]);
    await expect(queue.drain()).rejects.toThrow('full');
  },
);

test('settling waits for the last batch and its marks', async () => {
  const { queue, stores, puts } = openHeld(2);
  queue.add(event, 1);
  queue.mark('log', markAt(5));
  let isSettled = false;
  const settled = queue.settle().then(() => {
    isSettled = true;
  });
  stores[0]?.resolve(one);
  await turn();
  expect([isSettled, puts.length]).toEqual([false, 1]);
  puts[0]?.resolve();
  await settled;
  expect(queue.counts()).toMatchObject({ accepted: 1 });
});
