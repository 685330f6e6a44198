import { expect, test } from 'vitest';
import { openTailRing } from './tail-ring.ts';

test('keeps the newest and counts what it dropped', () => {
  const ring = openTailRing<number>(3);
  ring.push([1, 2]);
  ring.push([3, 4, 5]);
  expect(ring.size).toBe(3);
  expect(ring.takeAll()).toEqual({ items: [3, 4, 5], dropped: 2 });
  expect(ring.takeAll()).toEqual({ items: [], dropped: 0 });
});

test('more than it holds, at once, leaves the newest', () => {
  const ring = openTailRing<number>(2);
  ring.push([1, 2, 3, 4, 5]);
  expect(ring.takeAll()).toEqual({ items: [4, 5], dropped: 3 });
});
