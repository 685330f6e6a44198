import { expect, it } from 'vitest';
import { tokensTickLabel, usdTickLabels } from './tick-label.ts';

it.each([
  [
    [0, 500, 1_000, 1_500],
    ['$0', '$500', '$1,000', '$1,500'],
  ],
  [
    [0, 0.5, 1],
    ['$0', '$0.50', '$1.00'],
  ],
  [
    [0, 0.05, 0.1],
    ['$0', '$0.05', '$0.10'],
  ],
  [
    [0, 0.001, 0.002],
    ['$0', '$0.001', '$0.002'],
  ],
  [
    [0, 1_000_000, 2_000_000],
    ['$0', '$1,000,000', '$2,000,000'],
  ],
])('writes the marks %j with as many decimals as their step needs', (ticks, labels) => {
  expect(usdTickLabels(ticks)).toEqual(labels);
});

it.each([
  [0, '0'],
  [5_000, '5,000'],
  [50_000, '50 k'],
  [2_500_000, '2.5 M'],
])('writes the mark of %d tokens as %s', (tokens, label) => {
  expect(tokensTickLabel(tokens)).toBe(label);
});
