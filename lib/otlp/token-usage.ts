import { isJsonObject, type JsonObject } from '#lib/http/json-value.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';
import { type Attributes, findCount } from './attributes.ts';
import { readJsonText } from './read-json-text.ts';

/** The tokens of a call as `POST /api/ingest` takes them. */
export type TokenUsage = Pick<UsageInput, 'inputTokens' | 'outputTokens'> & {
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: { readonly '5m': number; readonly '1h': number };
  readonly reasoningTokens: number;
  readonly inputIncludesCache: boolean;
};

/** By attribute, the first that is there counts: conventions in the order of their age, then private names. */
const names = {
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'input_tokens',
    'input_token_count',
    'prompt_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'output_tokens',
    'output_token_count',
    'completion_tokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.cached_input_tokens',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
    'llm.token_count.prompt_details.cache_read',
    'cache_read_tokens',
    'cached_token_count',
    'cached_content_token_count',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_tokens.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
    'llm.token_count.prompt_details.cache_write',
    'cache_creation_tokens',
    'cache_write_token_count',
  ],
  cacheWrite1h: ['anthropic.usage.cache_creation.ephemeral_1h_input_tokens', 'cache_creation_1h_tokens'],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
    'llm.token_count.completion_details.reasoning',
    'reasoning_token_count',
    'codex.usage.reasoning_output_tokens',
  ],
} as const;

const openclawNames = ['openclaw.tokens.input', 'openclaw.tokens.output'] as const;

/** Whose input tokens leave the cached ones out, whatever the convention says. */
const exclusiveScopes = /^@traceloop\/instrumentation-anthropic$/;

/** The tokens that attributes tell of a call, or null where they tell none. */
export function readTokens(attributes: Attributes, scope: string): TokenUsage | null {
  const details = readJsonText(attributes.get('langfuse.observation.usage_details'));
  if (isJsonObject(details)) return sumDetails(details);
  if (openclawNames.some((name) => attributes.has(name))) return readOpenclaw(attributes);
  const input = findCount(attributes, ...names.input);
  const output = findCount(attributes, ...names.output);
  if (input === null && output === null) return null;
  const write1h = findCount(attributes, ...names.cacheWrite1h) ?? findProviderWrite1h(attributes);
  return toUsage({
    input: input ?? 0,
    output: output ?? 0,
    cacheRead: findCount(attributes, ...names.cacheRead) ?? 0,
    cacheWrite: findCount(attributes, ...names.cacheWrite) ?? 0,
    cacheWrite1h: write1h ?? 0,
    reasoning: findCount(attributes, ...names.reasoning) ?? 0,
    isExclusive: exclusiveScopes.test(scope),
  });
}

/** Makes of what a client counted what the ledger counts: cache within input or beside it, reasoning within output. */
export function toUsage(counted: {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWrite1h?: number;
  readonly reasoning: number;
  readonly isExclusive: boolean;
}): TokenUsage {
  const { input, cacheRead, reasoning } = counted;
  const write1h = Math.min(counted.cacheWrite1h ?? 0, counted.cacheWrite);
  return {
    inputTokens: input,
    // More reasoning than output proves that it was counted beside it.
    outputTokens: reasoning > counted.output ? counted.output + reasoning : counted.output,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: { '5m': counted.cacheWrite - write1h, '1h': write1h },
    reasoningTokens: reasoning,
    // More cached than input proves the same of the cache.
    inputIncludesCache: !counted.isExclusive && cacheRead + counted.cacheWrite <= input,
  };
}

/** Fresh, read and written ones together: the size of the context. */
export function contextTokens(usage: TokenUsage): number {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, inputIncludesCache } = usage;
  if (inputIncludesCache) return inputTokens;
  return inputTokens + cacheReadTokens + cacheWriteTokens['5m'] + cacheWriteTokens['1h'];
}

/** Beside the convention's names; input leaves the cache out. */
function readOpenclaw(attributes: Attributes): TokenUsage {
  const count = (name: string) => findCount(attributes, `openclaw.tokens.${name}`) ?? 0;
  return toUsage({
    input: count('input'),
    output: count('output'),
    cacheRead: count('cache_read'),
    cacheWrite: count('cache_write'),
    reasoning: findCount(attributes, ...names.reasoning) ?? 0,
    isExclusive: true,
  });
}

/** Langfuse's buckets exclude each other: `input` is fresh, `output` without reasoning. */
function sumDetails(details: JsonObject): TokenUsage | null {
  const counted = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
  let isKnown = false;
  for (const [name, value] of Object.entries(details)) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) continue;
    const bucket = bucketOf(name);
    if (bucket === null) continue;
    isKnown = true;
    counted[bucket] += value;
    if (bucket === 'reasoning') counted.output += value;
  }
  return isKnown ? toUsage({ ...counted, isExclusive: true }) : null;
}

function bucketOf(name: string): 'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning' | null {
  const lower = name.toLowerCase();
  if (/total/.test(lower)) return null;
  if (/cache/.test(lower)) return /creation|write/.test(lower) ? 'cacheWrite' : 'cacheRead';
  if (/reasoning/.test(lower)) return 'reasoning';
  if (/^(input|prompt)/.test(lower)) return 'input';
  return /^(output|completion)/.test(lower) ? 'output' : null;
}

/** The AI SDK has what is kept for an hour only in Anthropic's own answer. */
function findProviderWrite1h(attributes: Attributes): number | null {
  const metadata = readJsonText(attributes.get('ai.response.providerMetadata'));
  const written = ['anthropic', 'usage', 'cache_creation', 'ephemeral_1h_input_tokens'].reduce(
    (value, name) => (isJsonObject(value) ? (value[name] ?? null) : null),
    metadata,
  );
  return typeof written === 'number' && Number.isSafeInteger(written) && written > 0 ? written : null;
}
