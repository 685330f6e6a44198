import { expect, it } from 'vitest';
import { formatChange } from './format-change.ts';

it.each([
  [118, 100, '+18 %'],
  [96, 100, '−4.0 %'],
  [100, 100, 'unchanged'],
  [0, 0, 'unchanged'],
  [5, 0, 'nothing before'],
  [0, 5, '−100 %'],
])('shows %d after %d as %s', (now, before, text) => {
  expect(formatChange({ now, before })).toBe(text);
});
