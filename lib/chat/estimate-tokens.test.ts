import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

const dataTokens = (text: string) => Math.ceil(text.length / 1.46);

test('text without a space for 200 characters is taken as data, wherever the run lies', () => {
  const spaces = fc.constantFrom(' ', '\n', '\t', '\u00a0', '\u3000', '\u2028', '\ufeff');
  const words = fc.array(fc.tuple(fc.integer({ min: 1, max: 260 }), spaces), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, (runs) => {
      const text = runs.map(([length, space]) => 'x'.repeat(length) + space).join('');
      const isData = /\S{200}/.test(text);
      expect(estimateTokens(text) === dataTokens(text)).toBe(isData);
    }),
  );
});

test('an empty text has no tokens', () => {
  expect(estimateTokens('')).toBe(0);
});
