import { expect, test } from 'vitest';
import { listKnownModels } from './list-known-models.ts';
import { modelWindow } from './model-window.ts';

test.each([
  ['openai', 'gpt-5', 400_000],
  ['anthropic', 'claude-sonnet-4-5-20250929', 200_000],
  ['anthropic', 'claude-opus-5-5', 1_000_000],
  ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 200_000],
  ['my-gateway', 'gpt-4o', 128_000],
])('%s %s has a window of %d tokens', (provider, model, windowTokens) => {
  expect(modelWindow({ provider, model })).toBe(windowTokens);
});

test.each([
  ['openai', 'gpt-99'],
  ['mistral', 'mistral-large-latest'],
  ['', ''],
])('the window of %j %j is unknown', (provider, model) => {
  expect(modelWindow({ provider, model })).toBeNull();
});

test('lists the models that have a price per token, each once', () => {
  const models = listKnownModels({ atMs: Date.UTC(2026, 10, 1) });
  expect(models.length).toBeGreaterThan(1_500);
  expect(new Set(models.map(({ provider, model }) => `${provider} ${model}`)).size).toBe(models.length);
  expect(
    models.find(({ provider, model }) => provider === 'openai' && model === 'o3')?.rates.base.input,
  ).toBe(2_000_000n);
  expect(models.some(({ model }) => model === 'whisper-1')).toBe(false);
});
