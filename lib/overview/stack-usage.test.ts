import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import type { UsageSums } from '#lib/usage/usage-row.ts';
import { seriesMax, stackUsage } from './stack-usage.ts';

type Given = { bucket: number; model: string; cost: bigint; tokens?: bigint };

function sumsOf(given: readonly Given[]): readonly UsageSums[] {
  return given.map(({ bucket, model, cost, tokens = 0n }) => ({
    bucket,
    agent: null,
    provider: 'p',
    model,
    source: null,
    latency: [],
    measures: {
      calls: 1n,
      errors: 0n,
      input_tokens: tokens,
      cache_read_tokens: 0n,
      cache_write_5m_tokens: 0n,
      cache_write_1h_tokens: 0n,
      output_tokens: 0n,
      reasoning_tokens: 0n,
      unpriced_tokens: 0n,
      cost_pico_usd: cost,
      reported_cost_pico_usd: 0n,
      reported_calls: 0n,
      compared_cost_pico_usd: 0n,
    },
  }));
}

describe('stackUsage', () => {
  it('names the dearest, sums up the others, and has a bar for a bucket without calls', () => {
    const given = Array.from({ length: 8 }, (_, index) => ({
      bucket: 0,
      model: `m${index}`,
      cost: BigInt(index + 1) * 10n ** 12n,
    }));
    const stack = stackUsage({ sums: sumsOf(given), by: 'model', starts: [0, 1_000] });
    expect(stack.names).toEqual(['m7', 'm6', 'm5', 'm4', 'm3', 'm2']);
    expect(stack.others).toBe(2);
    expect(stack.buckets[0]?.costsUsd).toEqual(['8', '7', '6', '5', '4', '3', '3']);
    expect(stack.buckets[1]).toMatchObject({ calls: 0, costsUsd: ['0', '0', '0', '0', '0', '0', '0'] });
  });

  it('ranks models that have no price by their tokens', () => {
    const stack = stackUsage({
      sums: sumsOf([
        { bucket: 0, model: 'small', cost: 0n, tokens: 1n },
        { bucket: 0, model: 'large', cost: 0n, tokens: 9n },
      ]),
      by: 'model',
      starts: [0],
    });
    expect(stack.names).toEqual(['large', 'small']);
  });

  it('loses not a pico-dollar, however many names there are', () => {
    const row = fc.record({
      bucket: fc.integer({ min: 0, max: 3 }),
      model: fc.integer({ min: 0, max: 20 }).map(String),
      cost: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    });
    fc.assert(
      fc.property(fc.array(row), (given) => {
        const { buckets, names } = stackUsage({ sums: sumsOf(given), by: 'model', starts: [0, 1, 2, 3] });
        expect(names.length).toBeLessThanOrEqual(seriesMax);
        for (const [index, bucket] of buckets.entries()) {
          const shown = bucket.costsUsd.reduce((sum, usd) => sum + parseUsd(usd), 0n);
          const sent = given.filter((one) => one.bucket === index).reduce((sum, one) => sum + one.cost, 0n);
          expect(shown).toBe(sent);
        }
      }),
    );
  });
});
