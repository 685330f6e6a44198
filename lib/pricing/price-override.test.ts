import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveRates } from './model-rates.ts';
import { matchesPattern, type PriceOverride } from './price-override.ts';

const rates = { input: 1n, cacheRead: 1n, cacheWrite5m: 1n, cacheWrite1h: 1n, output: 1n };
const any: PriceOverride = {
  id: 'any',
  provider: 'openai',
  modelPattern: '*',
  validFromMs: 0,
  validToMs: null,
  rates,
};

function winner(
  overrides: readonly PriceOverride[],
  query: { provider?: string; model?: string; atMs?: number } = {},
) {
  return resolveRates({ provider: 'openai', model: 'gpt-5-mini', atMs: 1_000, ...query, overrides })?.version;
}

test('an override wins over the bundled list', () => {
  expect(winner([any])).toBe('override:any');
  expect(winner([])).toBe('genai-prices@0.1.8');
});

test('an override holds from its first millisecond to before its last', () => {
  const dated = [{ ...any, validFromMs: 1_000, validToMs: 2_000 }];
  const at = (atMs: number) => winner(dated, { atMs });
  expect([at(999), at(1_000), at(1_999), at(2_000)]).toEqual([
    'genai-prices@0.1.8',
    'override:any',
    'override:any',
    'genai-prices@0.1.8',
  ]);
});

test('the most specific pattern wins, in whatever order they come', () => {
  const overrides = [
    any,
    { ...any, id: 'family', modelPattern: 'gpt-5*' },
    { ...any, id: 'exact', modelPattern: 'gpt-5-mini' },
    { ...any, id: 'longer', modelPattern: '*gpt-5-mini*' },
    { ...any, id: 'recent', validFromMs: 900 },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(overrides, { minLength: 5 }), (shuffled) => {
      expect(winner(shuffled)).toBe('override:exact');
    }),
  );
  expect(winner(overrides.filter(({ id }) => id !== 'exact'))).toBe('override:longer');
});

test('among equal patterns the latest start wins', () => {
  const overrides = [
    { ...any, id: 'old' },
    { ...any, id: 'new', validFromMs: 500 },
    { ...any, id: 'future', validFromMs: 5_000 },
  ];
  expect(winner(overrides)).toBe('override:new');
  expect(winner(overrides, { atMs: 499 })).toBe('override:old');
});

test('an override fits the other names of its provider, and no other provider', () => {
  const azure = [{ ...any, provider: 'azure', modelPattern: 'my-*' }];
  expect(winner(azure, { provider: 'azure.ai.openai', model: 'my-deployment' })).toBe('override:any');
  expect(winner(azure, { provider: 'openai', model: 'my-deployment' })).toBeUndefined();
  expect(winner([{ ...any, provider: '*' }], { provider: 'ollama', model: 'llama3' })).toBe('override:any');
});

test('an override for a model fits its dated ids, unless one names the dated id', () => {
  const overrides = [
    { ...any, id: 'plain', modelPattern: 'gpt-5-mini' },
    { ...any, id: 'dated', modelPattern: 'GPT-5-mini-2025*' },
  ];
  expect(winner(overrides, { model: 'gpt-5-mini-2026-01-02' })).toBe('override:plain');
  expect(winner(overrides, { model: 'gpt-5-mini-2025-08-07' })).toBe('override:dated');
});

test.each([
  ['abc', 'abc', true],
  ['abc', 'ab', false],
  ['abc', '*', true],
  ['', '*', true],
  ['abc', 'a*c', true],
  ['abc', 'a*b', false],
  ['aba', 'a*ba*', true],
  ['a', 'a*a', false],
  ['a.c', 'a?c', false],
  ['abcbd', '*b*d', true],
  ['abcabc', 'abc*abc*abc', false],
])('%j against the pattern %j: %s', (text, pattern, fits) => {
  expect(matchesPattern(text, pattern)).toBe(fits);
});

test('a pattern made of any pieces of a text, in order, fits it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-c]{0,3}$/), { minLength: 1 }),
      fc.array(fc.boolean()),
      (pieces, kept) => {
        const pattern = pieces.map((piece, index) => (kept[index] ? piece : '*')).join('');
        expect(matchesPattern(pieces.join(''), pattern)).toBe(true);
      },
    ),
  );
});

test('a hostile pattern is answered at once', () => {
  // CPU time of this process, because others may use the machine meanwhile.
  const started = process.cpuUsage();
  expect(matchesPattern('a'.repeat(20_000), `${'*a'.repeat(200)}*b`)).toBe(false);
  expect(process.cpuUsage(started).user).toBeLessThan(200_000);
});
