import { expect, it } from 'vitest';
import { formatPercent } from './format-percent.ts';

it.each([
  [0, '0 %'],
  [0.000001, '< 0.1 %'],
  [0.004, '0.4 %'],
  [0.0996, '10 %'],
  [0.372, '37 %'],
  [0.994, '99 %'],
  [0.9986, '99.8 %'],
  [0.99999, '> 99.9 %'],
  [1, '100 %'],
  [12.5, '1,250 %'],
])('shows a share of %d as %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});
