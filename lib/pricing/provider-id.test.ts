import { waitForUpdate } from '@pydantic/genai-prices';
import { expect, test } from 'vitest';
import { listedProviderIds, toProviderId } from './provider-id.ts';

test('names every provider of the price list', async () => {
  const providers = (await waitForUpdate()) ?? [];
  expect([...listedProviderIds].sort()).toEqual(providers.map((provider) => provider.id).sort());
});

test.each([
  ['anthropic', 'anthropic'],
  ['OpenAI', 'openai'],
  ['openai-codex', 'openai'],
  ['google', 'google'],
  ['gemini', 'google'],
  ['vertex', 'google'],
  ['vertex_ai', 'google'],
  ['gcp.gen_ai', 'google'],
  ['gcp.gemini', 'google'],
  ['bedrock', 'aws'],
  ['aws.bedrock', 'aws'],
  ['amazon-bedrock', 'aws'],
  ['azure', 'azure'],
  ['azure.ai.openai', 'azure'],
  ['azure.ai.inference', 'azure'],
  ['openrouter', 'openrouter'],
  ['groq', 'groq'],
  ['deepseek', 'deepseek'],
  ['mistral', 'mistral'],
  ['mistral_ai', 'mistral'],
  ['x-ai', 'x-ai'],
  ['x_ai', 'x-ai'],
  ['xai', 'x-ai'],
  ['moonshot', 'moonshotai'],
  ['copilot', 'github-copilot'],
])('the name %s means the provider %s', (name, id) => {
  expect(toProviderId(name)).toBe(id);
});

test.each(['', '  ', 'my-gateway', 'ollama', 'constructor', '__proto__'])(
  'the name %j means none',
  (name) => {
    expect(toProviderId(name)).toBeNull();
  },
);
