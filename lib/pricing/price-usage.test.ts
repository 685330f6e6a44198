import { calcPrice, findProvider, type ModelInfo } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveRates } from './model-rates.ts';
import { formatPicoUsd } from './parse-usd.ts';
import { costPicoUsdMax, type PricedTokens, priceUsage } from './price-usage.ts';
import { listedProviderIds } from './provider-id.ts';
import { ratesForContext } from './rate-card.ts';

const atMs = Date.UTC(2026, 10, 1, 20);
const none: PricedTokens = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 };
const sonnet = { provider: 'anthropic', model: 'claude-sonnet-4-5', atMs };

test('a call with every bucket costs exactly the sum of its parts', () => {
  const tokens = { input: 1_000, cacheRead: 50_000, cacheWrite5m: 2_000, cacheWrite1h: 400, output: 700 };
  const { costPicoUsd, ...rest } = priceUsage({ ...sonnet, tokens });
  // 0.003 + 0.015 + 0.0075 + 0.0024 + 0.0105
  expect(formatPicoUsd(costPicoUsd)).toBe('0.0384');
  expect(rest).toEqual({ status: 'priced', priceVersion: 'genai-prices@0.1.8' });
});

test('a call above the threshold is repriced as a whole; cache counts as context, output does not', () => {
  const cost = (tokens: Partial<PricedTokens>) =>
    formatPicoUsd(priceUsage({ ...sonnet, tokens: { ...none, ...tokens } }).costPicoUsd);
  expect(cost({ input: 200_000, output: 1_000 })).toBe('0.615');
  expect(cost({ input: 200_001, output: 1_000 })).toBe('1.222506');
  expect(cost({ input: 1, cacheRead: 199_999 })).toBe('0.0600027');
  expect(cost({ input: 1, cacheRead: 199_999, cacheWrite1h: 1 })).toBe('0.1200174');
});

test('the cost is the sum of tokens times rates in big integers, however many tokens', () => {
  const count = fc.oneof(
    fc.nat(100_000),
    fc.nat(2 ** 31 - 1),
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  );
  const models = ['claude-sonnet-4-5', 'claude-opus-5-5', 'claude-opus-4-1', 'claude-haiku-4-5'];
  const bucket = { input: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, output: count };
  fc.assert(
    fc.property(fc.record(bucket), fc.constantFrom(...models), (tokens, model) => {
      const card = resolveRates({ ...sonnet, model });
      if (card === null) throw new Error('no rates');
      const context =
        BigInt(tokens.input) +
        BigInt(tokens.cacheRead) +
        BigInt(tokens.cacheWrite5m) +
        BigInt(tokens.cacheWrite1h);
      const rates = ratesForContext(card, Number(context));
      const expected = (Object.keys(none) as (keyof PricedTokens)[]).reduce(
        (sum, name) => sum + BigInt(tokens[name]) * rates[name],
        0n,
      );
      expect(priceUsage({ ...sonnet, model, tokens }).costPicoUsd).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
});

test('sums at the edge of what doubles hold are exact', () => {
  const overrides = [
    {
      id: 'odd',
      provider: 'p',
      modelPattern: 'm',
      validFromMs: 0,
      validToMs: null,
      rates: { input: 3n, cacheRead: 2n ** 53n + 1n, cacheWrite5m: 1n, cacheWrite1h: 0n, output: 2n ** 62n },
    },
  ];
  const cost = (tokens: Partial<PricedTokens>) =>
    priceUsage({ provider: 'p', model: 'm', atMs, tokens: { ...none, ...tokens } }, overrides).costPicoUsd;
  expect(cost({ cacheWrite5m: Number.MAX_SAFE_INTEGER })).toBe(2n ** 53n - 1n);
  expect(cost({ input: 3_002_399_751_580_331 })).toBe(9_007_199_254_740_993n);
  expect(cost({ cacheRead: 1 })).toBe(2n ** 53n + 1n);
  expect(cost({ cacheRead: 1, input: 1 })).toBe(2n ** 53n + 4n);
  expect(cost({ output: 2 })).toBe(2n ** 63n);
  expect(cost({ output: 2 }) > costPicoUsdMax).toBe(true);
});

test('a model that nobody knows is unpriced, never free', () => {
  const usage = { provider: 'openai', model: 'gpt-99', atMs, tokens: { ...none, input: 5 } };
  expect(priceUsage(usage)).toEqual({ status: 'unpriced', costPicoUsd: 0n, priceVersion: null });
  expect(priceUsage({ ...usage, requestedModel: 'gpt-98' }).status).toBe('unpriced');
});

test('an unknown answering model is estimated by the requested one', () => {
  const usage = {
    provider: 'openai',
    model: 'gpt-99',
    requestedModel: 'gpt-4o',
    atMs,
    tokens: { ...none, input: 4 },
  };
  expect(priceUsage(usage)).toEqual({
    status: 'estimated',
    costPicoUsd: 10_000_000n,
    priceVersion: 'genai-prices@0.1.8',
  });
});

test('the answering model decides, whatever was requested', () => {
  const tokens = { ...none, output: 1_000_000 };
  const usage = {
    provider: 'anthropic',
    model: 'claude-opus-5-5',
    requestedModel: 'claude-opus-4-1',
    atMs,
    tokens,
  };
  expect(formatPicoUsd(priceUsage(usage).costPicoUsd)).toBe('20');
});

test('a guessed provider gives an estimate', () => {
  const usage = { provider: 'my-gateway', model: 'gpt-4o', atMs, tokens: { ...none, input: 4 } };
  expect(priceUsage(usage)).toMatchObject({ status: 'estimated', costPicoUsd: 10_000_000n });
});

test('a model that the list gives away is priced, at 0', () => {
  const usage = {
    provider: 'openrouter',
    model: 'openai/gpt-oss-20b:free',
    atMs,
    tokens: { ...none, input: 4 },
  };
  expect(priceUsage(usage)).toMatchObject({ status: 'priced', costPicoUsd: 0n });
});

test('a call to a model with a fee per request costs the fee too', () => {
  const usage = { provider: 'perplexity', model: 'sonar', atMs, tokens: { ...none, input: 1_000 } };
  expect(formatPicoUsd(priceUsage(usage).costPicoUsd)).toBe('0.013');
});

// Six OpenRouter cache writes are listed as 1/12 USD, which no integer rate holds; it is 4 parts in a million.
const roundedModels = /^~?google\/gemini/;
const probes: readonly PricedTokens[] = [1, 150_000, 600_000].map((input) => ({
  input,
  cacheRead: 3_456,
  cacheWrite5m: 789,
  cacheWrite1h: 0,
  output: 1_234,
}));

test.each(listedProviderIds)('agrees with the price list on every model of %s', (provider) => {
  for (const model of findProvider({ providerId: provider })?.models ?? []) {
    for (const tokens of probes) expectAgreement(provider, model, tokens);
  }
});

function expectAgreement(provider: string, model: ModelInfo, tokens: PricedTokens) {
  const usage = {
    input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite5m,
    cache_read_tokens: tokens.cacheRead,
    cache_write_tokens: tokens.cacheWrite5m,
    output_tokens: tokens.output,
  };
  for (const instantMs of [atMs, Date.UTC(2025, 0, 15, 3), Date.UTC(2026, 8, 1, 8)]) {
    const oracle = calcPrice(usage, model.id, { providerId: provider, timestamp: new Date(instantMs) });
    // A few listed ids are names of groups, which the list itself does not find.
    if (oracle === null) return;
    const own = priceUsage({ provider, model: model.id, atMs: instantMs, tokens });
    if (own.status === 'unpriced') {
      expect([model.id, oracle.total_price]).toEqual([model.id, 0]);
      continue;
    }
    expect(own.status).toBe('priced');
    const tolerance = provider === 'openrouter' && roundedModels.test(model.id) ? 1e-5 : 1e-9;
    const difference = Math.abs(Number(own.costPicoUsd) / 1e12 - oracle.total_price);
    expect(difference, `${model.id} at ${instantMs}`).toBeLessThanOrEqual(tolerance * oracle.total_price);
  }
}
