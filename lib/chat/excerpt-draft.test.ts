import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptDraft } from './excerpt-draft.ts';
import { excerptText } from './excerpt-text.ts';

const bounds = { linesMax: 40, charactersMax: 2_000 } as const;
const excerpt = (text: string) => excerptDraft({ text, characters: text.length }, bounds);

test('a short text is shown whole, as its message will be', () => {
  const text = 'one\n\ntwo **three**';
  expect(excerpt(text)).toEqual({ text, isCut: false });
  expect(excerpt(text)).toEqual(excerptText(text, bounds));
});

test('of a long one the end is shown within the bounds, from the beginning of a word', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('word', '\n', ' ', '密', '\u{1f600}', 'x'.repeat(300))), (parts) => {
      const text = parts.join('').repeat(20);
      const shown = excerpt(text);
      expect(text.endsWith(shown.text)).toBe(true);
      expect(shown.text.length).toBeLessThanOrEqual(bounds.charactersMax);
      expect(shown.text.split('\n').length).toBeLessThanOrEqual(bounds.linesMax);
      expect(shown.text.isWellFormed()).toBe(true);
    }),
  );
});

test('the cut stands still while some hundred characters are written', () => {
  const words = 'some words that are written '.repeat(400);
  const starts = new Set<number>();
  for (let end = 2_000; end < 10_000; end += 7) starts.add(end - excerpt(words.slice(0, end)).text.length);
  expect(starts.size).toBeLessThanOrEqual(18);
  const lines = 'a line\n'.repeat(400);
  const cuts = new Set<number>();
  for (let end = 280; end < 1_400; end += 7) cuts.add(end - excerpt(lines.slice(0, end)).text.length);
  expect(cuts.size).toBeLessThanOrEqual(18);
});

test('a text whose beginning did not come is cut where the whole one would be', () => {
  const whole = 'some words that are written '.repeat(1_000);
  const text = `…${whole.slice(-16_000)}`;
  expect(excerptDraft({ text, characters: whole.length }, bounds).text).toBe(excerpt(whole).text);
});

test('code that the cut opens stays code, and is not coloured while it is written', () => {
  const code = `\`\`\`ts\n${'const a = 1;\n'.repeat(300)}`;
  expect(excerpt(code).text.startsWith('```\nconst')).toBe(true);
  expect(excerpt('see\n```ts\nconst a = 1;').text).toBe('see\n```\nconst a = 1;');
});
