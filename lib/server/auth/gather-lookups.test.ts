import { expect, test } from 'vitest';
import { gatherLookups } from './gather-lookups.ts';

/** A database whose answers wait until they are let go. */
function heldDatabase() {
  const calls: {
    hashes: readonly string[];
    answer: (found: ReadonlyMap<string, number>) => void;
    fail: (cause: unknown) => void;
  }[] = [];
  const load = (hashes: readonly string[]) =>
    new Promise<ReadonlyMap<string, number>>((answer, fail) => calls.push({ hashes, answer, fail }));
  return { calls, load };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked while a statement runs goes into the next one, at most a batch at a time', async () => {
  const { calls, load } = heldDatabase();
  const lookUp = gatherLookups({ load, batchMax: 3 });
  const answers = ['a', 'b', 'c', 'd', 'e', 'b'].map(lookUp);
  expect(calls.map(({ hashes }) => hashes)).toEqual([['a']]);
  calls[0]?.answer(new Map([['a', 1]]));
  await settle();
  expect(calls.map(({ hashes }) => hashes)).toEqual([['a'], ['b', 'c', 'd']]);
  calls[1]?.answer(new Map([['b', 2]]));
  await settle();
  calls[2]?.answer(new Map());
  expect(await Promise.all(answers)).toEqual([1, 2, null, null, null, 2]);
  expect(calls).toHaveLength(3);
});

test('a lookup never joins a statement that has begun', async () => {
  const { calls, load } = heldDatabase();
  const lookUp = gatherLookups({ load });
  const before = lookUp('a');
  const after = lookUp('a');
  calls[0]?.answer(new Map([['a', 1]]));
  await settle();
  calls[1]?.answer(new Map());
  expect([await before, await after]).toEqual([1, null]);
});

test('more than may wait are refused, and it goes on afterwards', async () => {
  const { calls, load } = heldDatabase();
  const lookUp = gatherLookups({ load, waitingMax: 2 });
  const kept = ['a', 'b', 'c'].map(lookUp);
  await expect(lookUp('d')).rejects.toMatchObject({ code: 'overloaded' });
  calls[0]?.answer(new Map());
  await settle();
  calls[1]?.answer(new Map([['c', 3]]));
  expect(await Promise.all(kept)).toEqual([null, null, 3]);
});

test('a failure reaches those who asked in it, and nobody else', async () => {
  const { calls, load } = heldDatabase();
  const lookUp = gatherLookups({ load });
  const first = lookUp('a');
  const second = lookUp('b');
  calls[0]?.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  calls[1]?.answer(new Map([['b', 2]]));
  expect(await second).toBe(2);
});
