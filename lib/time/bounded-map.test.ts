import { expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

it('holds no more than its bound, keeps what is set again, and knows the newest', () => {
  const map = new BoundedMap<number, string>(3);
  for (let key = 0; key < 100; key += 1) {
    map.set(key, `${key}`);
    expect(map.size).toBeLessThanOrEqual(3);
    expect(map.get(key)).toBe(`${key}`);
  }
  const size = map.size;
  map.set(99, 'again');
  expect(map.size).toBe(size);
});
