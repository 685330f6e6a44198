import { expect, test } from 'vitest';
import { formatUsdPerMillion, isUsdPerMillion, parseUsdPerMillion } from './usd-per-million.ts';

test.each([
  ['0', 0n],
  ['2.5', 2_500_000n],
  ['0.000001', 1n],
  ['0.546875', 546_875n],
  ['1000000', 1_000_000_000_000n],
])('%s USD a million tokens are %d pico-USD a token, and read back', (text, rate) => {
  expect(parseUsdPerMillion(text)).toBe(rate);
  expect(formatUsdPerMillion(rate)).toBe(text);
});

test.each(['-1', '1000001', '0.0000001', '1e3', '', ' 1', 'free'])('%j is no rate', (text) => {
  expect(isUsdPerMillion(text)).toBe(false);
});
