import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { formatUsd } from './format-usd.ts';

test.each([
  ['0', '$0.00'],
  ['0.0042', '$0.0042'],
  ['0.004249', '$0.0042'],
  ['0.00425', '$0.0043'],
  ['0.0996', '$0.10'],
  ['0.5', '$0.50'],
  ['0.995', '$1.00'],
  ['0.999999', '$1.00'],
  ['1.23456', '$1.23'],
  ['1.235', '$1.24'],
  ['999.99', '$999.99'],
  ['999.995', '$1,000'],
  ['999.996', '$1,000'],
  ['1234.56', '$1,235'],
  ['1234567.4', '$1,234,567'],
  ['0.000000000001', '$0.000000000001'],
  ['0.000000000994', '$0.00000000099'],
  ['-1.234', '-$1.23'],
  ['-0.0042', '-$0.0042'],
])('%s USD reads %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

test('what is shown is within half of its last digit, at most 5 % off below a dollar', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 10n, max: 10n ** 18n }), (pico) => {
      const text = formatUsd(formatPicoUsd(pico));
      expect(text).toMatch(/^\$\d{1,3}(,\d{3})*(\.\d{2,12})?$/);
      const usd = Number(pico) / 1e12;
      const error = Math.abs(Number(text.replace(/[$,]/g, '')) - usd);
      const bound = usd < 1 ? usd * 0.05 : usd < 1_000 ? 0.005 : 0.5;
      expect(error).toBeLessThanOrEqual(bound * 1.001);
    }),
  );
});
