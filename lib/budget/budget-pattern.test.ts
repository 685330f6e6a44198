import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsPattern, toLikePattern } from './budget-pattern.ts';

test.each([
  ['coder', 'coder', true],
  ['coder', 'Coder', false],
  ['coder', 'cod', false],
  ['coder', '*', true],
  ['', '*', true],
  ['coder', 'cod*', true],
  ['coder', '*er', true],
  ['coder', 'c*d*r', true],
  ['cr', 'c*r', true],
  ['c', 'c*c', false],
  ['abab', 'ab*ab', true],
  ['aba', 'ab*ba', false],
  ['a.c', 'a?c', false],
  ['claude-sonnet-4-5', 'claude-*-4-*', true],
])('%j against %j is %s', (name, pattern, expected) => {
  expect(fitsPattern(name, pattern)).toBe(expected);
});

test('a pattern means in SQL what it means here', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '%', '_', '\\', '.'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (name, pattern) => {
      expect(like(name, toLikePattern(pattern))).toBe(fitsPattern(name, pattern));
    }),
    { numRuns: 5_000 },
  );
});

/** LIKE as Postgres documents it: `%` anything, `_` one character, a backslash takes the next as it is. */
function like(name: string, pattern: string): boolean {
  const source = pattern.replaceAll(
    /\\(.)|([%_])|([^\\%_])/g,
    (_, escaped?: string, wild?: string, plain?: string) => {
      if (wild) return wild === '%' ? '.*' : '.';
      return (escaped ?? plain ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`, 's').test(name);
}
