import { expect, test } from 'vitest';
import { ratesForContext } from './rate-card.ts';
import { toRateSet } from './to-rate-set.ts';

const tiered = (base: number, above: number) => ({ base, tiers: [{ start: 200_000, price: above }] });

test('USD per million tokens become integer pico-USD per token', () => {
  const set = toRateSet({ input_mtok: 0.546875, cache_read_mtok: 0.0028, output_mtok: 600 }, 'openai');
  expect(set?.base).toMatchObject({ input: 546_875n, cacheRead: 2_800n, output: 600_000_000n });
});

test('a cache bucket without a price costs as much as input', () => {
  expect(toRateSet({ input_mtok: 2, output_mtok: 8 }, 'openai')?.base).toEqual({
    input: 2_000_000n,
    cacheRead: 2_000_000n,
    cacheWrite5m: 2_000_000n,
    cacheWrite1h: 2_000_000n,
    output: 8_000_000n,
  });
});

test('a listed cache price of 0 stays 0', () => {
  const set = toRateSet({ input_mtok: 2, cache_read_mtok: 0, cache_write_mtok: 0, output_mtok: 8 }, 'openai');
  expect(set?.base).toMatchObject({ cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n });
});

test('a 1-hour cache write without a price costs twice the input at Anthropic, a 5-minute write elsewhere', () => {
  const prices = { input_mtok: 3, cache_write_mtok: 3.75, output_mtok: 15 };
  expect(toRateSet(prices, 'anthropic')?.base.cacheWrite1h).toBe(6_000_000n);
  expect(toRateSet(prices, 'google')?.base.cacheWrite1h).toBe(3_750_000n);
  expect(toRateSet({ ...prices, cache_write_1h_mtok: 5 }, 'anthropic')?.base.cacheWrite1h).toBe(5_000_000n);
});

test('a tier holds above its threshold, not at it, and for every bucket that has one', () => {
  const set = toRateSet(
    { input_mtok: tiered(3, 6), cache_read_mtok: 0.3, output_mtok: tiered(15, 22.5) },
    'x',
  );
  if (set === null) throw new Error('no rates');
  expect(ratesForContext(set, 200_000)).toMatchObject({ input: 3_000_000n, output: 15_000_000n });
  expect(ratesForContext(set, 200_001)).toEqual({
    input: 6_000_000n,
    cacheRead: 300_000n,
    cacheWrite5m: 6_000_000n,
    cacheWrite1h: 6_000_000n,
    output: 22_500_000n,
  });
});

test('buckets may have tiers of their own, several of them', () => {
  const set = toRateSet(
    {
      input_mtok: {
        base: 1,
        tiers: [
          { start: 10, price: 2 },
          { start: 30, price: 4 },
        ],
      },
      output_mtok: { base: 5, tiers: [{ start: 20, price: 7 }] },
    },
    'x',
  );
  if (set === null) throw new Error('no rates');
  const at = (context: number) => {
    const { input, output } = ratesForContext(set, context);
    return [Number(input) / 1e6, Number(output) / 1e6];
  };
  expect([10, 11, 20, 21, 30, 31].map(at)).toEqual([
    [1, 5],
    [2, 5],
    [2, 5],
    [2, 7],
    [2, 7],
    [4, 7],
  ]);
});

test('a model that is sold by the hour or the page has no price per token', () => {
  expect(toRateSet({ audio_hours: 0.36 }, 'openai')).toBeNull();
  expect(toRateSet({ input_document_kpages: 1 }, 'mistral')).toBeNull();
});

test('an empty price means free', () => {
  expect(toRateSet({}, 'openrouter')?.base).toMatchObject({ input: 0n, output: 0n, cacheRead: 0n });
});

test('a fee per 1,000 requests becomes a fee of one request', () => {
  expect(toRateSet({ input_mtok: 1, output_mtok: 1, requests_kcount: 12 }, 'perplexity')?.perRequest).toBe(
    12_000_000_000n,
  );
});
