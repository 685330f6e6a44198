import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { priceListVersion, resolveRates } from './model-rates.ts';

const atMs = Date.UTC(2026, 10, 1);
const perMillion = (rate: bigint | undefined) => (rate === undefined ? undefined : Number(rate) / 1e6);

test('the version of the price list is the installed one', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  expect(priceListVersion).toBe(`genai-prices@${manifest.dependencies['@pydantic/genai-prices']}`);
});

test.each([
  ['openai', 'gpt-4o', 2.5, 10],
  ['openai', 'gpt-4o-mini', 0.15, 0.6],
  ['openai', 'gpt-5', 1.25, 10],
  ['openai', 'gpt-5-mini', 0.25, 2],
  ['openai', 'gpt-5.4', 2.5, 15],
  ['openai', 'gpt-5.5', 5, 30],
  ['openai', 'o3', 2, 8],
  ['anthropic', 'claude-opus-5-5', 4, 20],
  ['anthropic', 'claude-opus-4-8', 5, 25],
  ['anthropic', 'claude-opus-4-1', 15, 75],
  ['anthropic', 'claude-sonnet-5', 2, 10],
  ['anthropic', 'claude-haiku-4-5', 1, 5],
  ['google', 'gemini-2.5-pro', 1.25, 10],
  ['google', 'gemini-2.5-flash', 0.3, 2.5],
  ['google', 'gemini-3-pro-preview', 2, 12],
  ['groq', 'openai/gpt-oss-120b', 0.15, 0.6],
  ['openai', 'text-embedding-3-small', 0.02, 0],
])('%s %s costs %d in and %d out, in USD per million tokens', (provider, model, input, output) => {
  const card = resolveRates({ provider, model, atMs });
  expect([perMillion(card?.base.input), perMillion(card?.base.output)]).toEqual([input, output]);
  expect(card).toMatchObject({ origin: 'genai-prices', version: 'genai-prices@0.1.8' });
});

test('cache rates of Claude: reads, 5-minute and 1-hour writes', () => {
  const card = resolveRates({ provider: 'anthropic', model: 'claude-haiku-4-5', atMs });
  expect(card?.base).toMatchObject({
    cacheRead: 100_000n,
    cacheWrite5m: 1_250_000n,
    cacheWrite1h: 2_000_000n,
  });
});

test('o3 costs 10/40 before 10 June 2025 (UTC) and 2/8 from its first millisecond', () => {
  const cut = Date.UTC(2025, 5, 10);
  const at = (instantMs: number) => {
    const base = resolveRates({ provider: 'openai', model: 'o3', atMs: instantMs })?.base;
    return [perMillion(base?.input), perMillion(base?.output)];
  };
  expect([at(0), at(cut - 1), at(cut), at(atMs)]).toEqual([
    [10, 40],
    [10, 40],
    [2, 8],
    [2, 8],
  ]);
});

test('deepseek-chat follows the hour of the day: dear from 00:30 to 16:30 UTC', () => {
  const at = (time: string) =>
    perMillion(
      resolveRates({ provider: 'deepseek', model: 'deepseek-chat', atMs: Date.parse(`2026-03-01T${time}Z`) })
        ?.base.output,
    );
  expect(['00:29:59.999', '00:30:00.000', '16:29:59.999', '16:30:00.000'].map(at)).toEqual([
    0.55, 1.1, 1.1, 0.55,
  ]);
});

test('a model that nobody has priced has no rates', () => {
  expect(resolveRates({ provider: 'openai', model: 'gpt-99', atMs })).toBeNull();
});

test('a model that is sold by the hour has no rates', () => {
  expect(resolveRates({ provider: 'openai', model: 'whisper-1', atMs })).toBeNull();
});
