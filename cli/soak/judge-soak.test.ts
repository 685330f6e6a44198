import { expect, test } from 'vitest';
import { judgeSoak, type SoakSample } from './judge-soak.ts';

const sample = (change: Partial<SoakSample> = {}): SoakSample => ({
  heapBytes: 5_000_000,
  nodes: 400,
  listeners: 20,
  serverBytes: 200_000_000,
  held: { pages: { size: 40, max: 40 } },
  ...change,
});
const run = (make: (index: number) => Partial<SoakSample>) =>
  Array.from({ length: 20 }, (_, index) => sample(make(index)));

test('a run that stays level passes, also with an outlier and a warm-up', () => {
  expect(judgeSoak(run((index) => ({ heapBytes: index < 5 ? 1_000_000 * index : 5_000_000 })))).toEqual([]);
  expect(judgeSoak(run((index) => (index === 12 ? { heapBytes: 9_000_000 } : {})))).toEqual([]);
});

test.each([
  ['the heap', (index: number) => ({ heapBytes: 5_000_000 + index * 30_000 }), /heap grew by 0\.42 MB/],
  [
    'the server',
    (index: number) => ({ serverBytes: 200_000_000 + index * 4_000_000 }),
    /server grew by 56 MB/,
  ],
  ['nodes', (index: number) => ({ nodes: 400 + index * 10 }), /nodes grew/],
  ['listeners', (index: number) => ({ listeners: 20 + index * 10 }), /listeners grew/],
])('%s that grow fail it', (_, make, fault) => {
  expect(judgeSoak(run(make)).join()).toMatch(fault);
});

test('a run without a server is judged by its page', () => {
  expect(judgeSoak(run(() => ({ serverBytes: null })))).toEqual([]);
});

test('one time past a bound fails it', () => {
  const faults = judgeSoak(run((index) => (index === 3 ? { held: { pages: { size: 41, max: 40 } } } : {})));
  expect(faults).toEqual(['pages holds 41 of at most 40']);
});

test('too few samples prove nothing', () => {
  expect(judgeSoak([sample(), sample()])).toHaveLength(1);
});
