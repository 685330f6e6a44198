import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { formatTokens } from './format-tokens.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1_234, '1,234'],
  [9_999, '9,999'],
  [10_000, '10.0 k'],
  [54_691, '54.7 k'],
  [99_949, '99.9 k'],
  [99_950, '100 k'],
  [271_999, '272 k'],
  [999_499, '999 k'],
  [999_500, '1.0 M'],
  [1_234_567, '1.2 M'],
  [3_400_000_000, '3.4 B'],
  [999_999_999_999, '1.0 T'],
  [2 ** 53, '9,007 T'],
  [-54_691, '-54.7 k'],
])('%d tokens read %s', (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});

test.each([
  [0, '0 B'],
  [850, '850 B'],
  [999, '999 B'],
  [1_000, '1.0 KB'],
  [2_400, '2.4 KB'],
  [396_000, '396 KB'],
  [999_600, '1.0 MB'],
  [5_242_880, '5.2 MB'],
  [1_200_000_000, '1.2 GB'],
  [3e15, '3,000 TB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [0.4, '0.4 ms'],
  [0.96, '1 ms'],
  [850, '850 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [2_449, '2.4 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_599_499, '59 min 59 s'],
  [3_599_500, '1 h'],
  [7_200_000, '2 h'],
  [7_500_000, '2 h 05 min'],
  [86_369_999, '23 h 59 min'],
  [86_370_000, '1 d'],
  [273_600_000, '3 d 4 h'],
  [-850, '-850 ms'],
])('%d ms read %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
