import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPicoUsd, parseUsd } from './parse-usd.ts';
import { toPicoUsd } from './to-pico-usd.ts';

test.each([
  ['0', 0n],
  ['-0', 0n],
  ['12.345', 12_345_000_000_000n],
  ['0.000000000001', 1n],
  ['-1.5', -1_500_000_000_000n],
  ['007.10', 7_100_000_000_000n],
  ['999999999999999999.999999999999', 999_999_999_999_999_999_999_999_999_999n],
])('the amount %s is %s pico-USD', (text, pico) => {
  expect(parseUsd(text)).toBe(pico);
});

test.each([
  '',
  ' 1',
  '1 ',
  '+1',
  '.5',
  '5.',
  '1e3',
  '1,5',
  '0.0000000000001',
  '１',
  'NaN',
  '1\n',
  '0x1',
  '--1',
])('the text %j is refused, never guessed', (text) => {
  expect(() => parseUsd(text)).toThrow(expect.objectContaining({ code: 'bad_request' }));
});

test('an amount of 19 digits is refused instead of growing without bound', () => {
  expect(() => parseUsd('1'.repeat(19))).toThrow();
});

test('what is written reads back as the same amount, in its shortest form', () => {
  const bound = 10n ** 30n - 1n;
  fc.assert(
    fc.property(fc.bigInt({ min: -bound, max: bound }), (pico) => {
      const text = formatPicoUsd(pico);
      expect(parseUsd(text)).toBe(pico);
      expect(text).not.toMatch(/\.\d*0$|\.$|^-0$/);
    }),
  );
});

test.each([
  [0.1 + 0.2, 300_000_000_000n],
  [1e-12, 1n],
  [4e-13, 0n],
  [-0.25, -250_000_000_000n],
  [1e17, 10n ** 29n],
])('the float %d is rounded to the nearest pico-USD', (usd, pico) => {
  expect(toPicoUsd(usd)).toBe(pico);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e18, -1e21])('the float %d is refused', (usd) => {
  expect(() => toPicoUsd(usd)).toThrow(expect.objectContaining({ code: 'bad_request' }));
});
