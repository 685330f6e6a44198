import { expect, it } from 'vitest';
import { countOf } from './count-of.ts';

it.each([
  [0, '0 calls'],
  [1, '1 call'],
  [1_550, '1,550 calls'],
])('%d is %s', (count, text) => {
  expect(countOf(count, 'call')).toBe(text);
});
