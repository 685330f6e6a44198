import { expect, test } from 'vitest';
import { findListedModel } from './find-listed-model.ts';

test.each([
  ['openai', 'gpt-4o', 'openai', 'gpt-4o'],
  ['anthropic', 'claude-sonnet-4-5-20250929', 'anthropic', 'claude-sonnet-4-5'],
  [
    'aws.bedrock',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'aws',
    'regional.anthropic.claude-haiku-4-5-20251001-v1:0',
  ],
  ['vertex_ai', 'claude-opus-4-1@20250805', 'google', 'claude-4-opus'],
  ['openrouter', 'anthropic/claude-sonnet-4.5', 'openrouter', 'anthropic/claude-sonnet-4.5'],
])('%s %s is listed under that id', (provider, model, providerId, id) => {
  const found = findListedModel({ provider, model });
  expect([found?.providerId, found?.model.id, found?.matched]).toEqual([providerId, id, 'model']);
});

test.each([
  ['openai', 'gpt-5-2026-09-01', 'gpt-5'],
  ['openai', 'openai/gpt-4o', 'gpt-4o'],
  ['google', 'models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['vertex', 'publishers/google/models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['anthropic', 'anthropic/claude-opus-4-8', 'claude-opus-4-8'],
  ['anthropic', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
  ['anthropic', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['openrouter', 'anthropic/claude-sonnet-4.5:nitro', 'anthropic/claude-sonnet-4.5'],
  ['groq', 'gpt-oss-120b', 'openai/gpt-oss-120b'],
])('%s %s is found in a normalised form', (provider, model, id) => {
  const found = findListedModel({ provider, model });
  expect([found?.model.id, found?.matched]).toEqual([id, 'normalised']);
});

test.each([
  ['my-gateway', 'gpt-4o', 'openai'],
  ['', 'claude-sonnet-4-5', 'anthropic'],
  ['litellm', 'anthropic/claude-opus-4-8', 'anthropic'],
  ['vercel-ai-gateway', 'google/gemini-2.5-pro', 'google'],
  ['my-gateway', 'meta-llama/llama-3.3-70b-instruct', 'openrouter'],
])(
  'for the unknown provider %j, %s is priced as at %s, and says that it is a guess',
  (provider, model, providerId) => {
    const found = findListedModel({ provider, model });
    expect([found?.providerId, found?.matched]).toEqual([providerId, 'guessed-provider']);
  },
);

test.each([
  ['openai', 'gpt-99'],
  ['anthropic', 'totally-new'],
  ['openai', ''],
  ['', ''],
  ['openai', '/'],
  ['my-gateway', 'my-model'],
  ['my-gateway', '-20250101'],
])('nothing is found for %j %j', (provider, model) => {
  expect(findListedModel({ provider, model })).toBeNull();
});

test('a model on own hardware does not get the price of its namesake in a cloud', () => {
  expect(findListedModel({ provider: 'deepseek', model: 'deepseek-chat' })).not.toBeNull();
  expect(findListedModel({ provider: 'ollama', model: 'deepseek-chat' })).toBeNull();
});

test('the same question is answered from memory', () => {
  const query = { provider: 'openai', model: 'gpt-4o-mini' };
  expect(findListedModel(query)).toBe(findListedModel(query));
});
