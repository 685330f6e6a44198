import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptText } from './excerpt-text.ts';

const bounds = { linesMax: 2, charactersMax: 10 };

describe('excerptText', () => {
  it.each([
    ['short', 'short', false],
    ['a\nb', 'a\nb', false],
    ['a\nb\n', 'a\nb', true],
    ['a\nb\nc', 'a\nb', true],
    ['0123456789', '0123456789', false],
    ['0123456789a', '0123456789', true],
    ['012345678😀', '012345678', true],
    ['', '', false],
  ])('cuts %j to %j', (text, excerpt, isCut) => {
    expect(excerptText(text, bounds)).toEqual({ text: excerpt, isCut });
  });

  it('is always the beginning of the text, within both bounds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '😀') }), (text) => {
        const excerpt = excerptText(text, bounds);
        expect(text.startsWith(excerpt.text)).toBe(true);
        expect(excerpt.text.length).toBeLessThanOrEqual(10);
        expect(excerpt.text.split('\n').length).toBeLessThanOrEqual(2);
        expect(excerpt.isCut).toBe(excerpt.text.length < text.length);
      }),
    );
  });
});
