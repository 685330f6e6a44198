import { isJsonObject } from '#lib/http/json-value.ts';
import { toProviderId } from '#lib/pricing/provider-id.ts';
import { type Attributes, findText } from './attributes.ts';
import { readJsonText } from './read-json-text.ts';

const providerNames = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'llm.provider',
  'llm.system',
  'ai.model.provider',
  'openclaw.provider',
] as const;

const sessionNames = [
  'gen_ai.conversation.id',
  'session.id',
  'conversation.id',
  'langfuse.session.id',
  'traceloop.association.properties.session_id',
  'ai.telemetry.metadata.sessionId',
  'ai.settings.context.sessionId',
  'metadata.sessionId',
  'openclaw.sessionId',
] as const;

const agentNames = [
  'gen_ai.agent.name',
  'ai.telemetry.functionId',
  'openclaw.agent',
  'traceloop.workflow.name',
] as const;

const userNames = [
  'user.id',
  'enduser.id',
  'langfuse.user.id',
  'traceloop.association.properties.user_id',
  'ai.telemetry.metadata.userId',
  'ai.settings.context.userId',
  'metadata.userId',
  'user_api_key_user_id',
] as const;

/** Of the priced model: the one that answered. */
export function findModel(attributes: Attributes): string | null {
  return findText(
    attributes,
    'gen_ai.response.model',
    'ai.response.model',
    'llm.response.model_name',
    'llm.model_name',
    'embedding.model_name',
    'langfuse.observation.model.name',
    'openclaw.model',
    'model',
  );
}

export function findRequestedModel(attributes: Attributes): string | null {
  return findText(attributes, 'gen_ai.request.model', 'ai.model.id', 'llm.request.model_name');
}

/** The provider under the name of the price list, where that knows it; by the model's name where none is told. */
export function findProvider(attributes: Attributes, model: string): string {
  const told = findText(attributes, ...providerNames);
  if (told === null) return providerOf(model) ?? 'unknown';
  const lower = told.trim().toLowerCase();
  if (/^(?:gcp|google|vertex)\b/.test(lower)) return 'google';
  // The AI SDK says which of a provider's interfaces was asked.
  const plain = lower.replace(/\.(?:messages|chat|responses|completions?|embeddings?)$/, '');
  return toProviderId(plain) ?? plain;
}

function providerOf(model: string): string | null {
  const name = model.slice(model.lastIndexOf('/') + 1);
  if (/^claude/i.test(name)) return 'anthropic';
  if (/^(?:gpt|chatgpt|o\d|text-embedding-)/i.test(name)) return 'openai';
  return /^gemini/i.test(name) ? 'google' : null;
}

export function findSession(attributes: Attributes): string | null {
  return findText(attributes, ...sessionNames) ?? findInMetadata(attributes, 'sessionId', 'session_id');
}

export function findAgent(attributes: Attributes): string | null {
  return findText(attributes, ...agentNames);
}

export function findUser(attributes: Attributes): string | null {
  return findText(attributes, ...userNames) ?? findInMetadata(attributes, 'userId', 'user_id');
}

/** OpenInference writes what the application adds as JSON into one attribute. */
function findInMetadata(attributes: Attributes, ...names: readonly string[]): string | null {
  const metadata = readJsonText(attributes.get('metadata'));
  if (!isJsonObject(metadata)) return null;
  for (const name of names) {
    const value = metadata[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** USD as the client was told, exact where it can be; null when nothing was told. */
export function findCost(attributes: Attributes): string | number | null {
  const micros = attributes.get('cost_usd_micros');
  if (typeof micros === 'number' && Number.isSafeInteger(micros) && micros >= 0 && micros <= 1e12) {
    return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
  }
  const details = readJsonText(attributes.get('langfuse.observation.cost_details'));
  const total = isJsonObject(details) ? details['total'] : undefined;
  const told = [
    ...['cost_usd', 'gen_ai.usage.cost', 'response_cost', 'costUsd'].map((name) => attributes.get(name)),
    total,
  ];
  for (const value of told) {
    const usd = typeof value === 'string' && /^\d{1,7}(?:\.\d{1,18})?$/.test(value) ? Number(value) : value;
    if (typeof usd === 'number' && usd >= 0 && usd <= 1e6) return usd;
  }
  return null;
}
