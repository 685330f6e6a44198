import { isObject, type JsonObject, textOf } from './chat-message.ts';

/** Tokens in disjoint parts, whoever counted them. */
export type TalliedUsage = {
  /** Without cached ones. */
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  /** With the reasoning. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
};

/**
 * Reads usage, model and text from an answer or from the pieces of a stream, of OpenAI (Chat Completions and
 * Responses), Anthropic and the AI SDK. Later counts of a stream replace earlier ones.
 */
export class UsageTally {
  #counts: Record<string, number> = {};
  #isAnthropic = false;
  #model: string | null = null;
  #chars = 0;
  #failure: string | null = null;

  see(piece: unknown): void {
    if (!isObject(piece)) return;
    this.#failure ??= failureOf(piece);
    for (const holder of [piece, piece['message'], piece['response']]) {
      if (!isObject(holder)) continue;
      const model = textOf(holder['model']) || textOf(holder['modelId']);
      if (model !== '') this.#model = model;
      if (isObject(holder['usage'])) this.#seeUsage(holder['usage']);
    }
    this.#chars += charsOf(piece);
  }

  get model(): string | null {
    return this.#model;
  }

  /** What a piece of the stream said of a failure: some end well after it. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Characters of text that were seen, for an estimate where no usage was told. */
  get chars(): number {
    return this.#chars;
  }

  /** Null when nothing was counted. */
  usage(): TalliedUsage | null {
    const count = (name: string) => this.#counts[name] ?? 0;
    if (!('input' in this.#counts) && !('output' in this.#counts)) return null;
    const cacheReadTokens = count('cacheRead');
    const cacheWrite1hTokens = count('cacheWrite1h');
    const cacheWrite5mTokens = Math.max(0, count('cacheWrite') - cacheWrite1hTokens);
    // Anthropic counts cached tokens beside the input, the others within it.
    const cached = this.#isAnthropic ? 0 : cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
    return {
      inputTokens: Math.max(0, count('input') - cached),
      cacheReadTokens,
      cacheWrite5mTokens,
      cacheWrite1hTokens,
      outputTokens: count('output'),
      reasoningTokens: Math.min(count('reasoning'), count('output')),
    };
  }

  #seeUsage(usage: JsonObject): void {
    if ('cache_read_input_tokens' in usage || 'cache_creation_input_tokens' in usage)
      this.#isAnthropic = true;
    const input = usage['inputTokens'] ?? usage['input_tokens'] ?? usage['prompt_tokens'];
    const output = usage['outputTokens'] ?? usage['output_tokens'] ?? usage['completion_tokens'];
    const inputDetails = detailsOf(usage, ['input_tokens_details', 'prompt_tokens_details', 'inputTokens']);
    const outputDetails = detailsOf(usage, [
      'output_tokens_details',
      'completion_tokens_details',
      'outputTokens',
    ]);
    const creation = isObject(usage['cache_creation']) ? usage['cache_creation'] : {};
    this.#put('input', isObject(input) ? input['total'] : input);
    this.#put('output', isObject(output) ? output['total'] : output);
    this.#put(
      'cacheRead',
      usage['cache_read_input_tokens'] ??
        usage['cachedInputTokens'] ??
        inputDetails['cached_tokens'] ??
        inputDetails['cacheRead'],
    );
    this.#put('cacheWrite', usage['cache_creation_input_tokens'] ?? inputDetails['cacheWrite']);
    this.#put('cacheWrite1h', creation['ephemeral_1h_input_tokens']);
    this.#put(
      'reasoning',
      usage['reasoningTokens'] ?? outputDetails['reasoning_tokens'] ?? outputDetails['reasoning'],
    );
  }

  #put(name: string, value: unknown): void {
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0)
      this.#counts[name] = Math.round(value);
  }
}

/** `error` of the AI SDK, of OpenAI's Responses and of Anthropic; `response.failed` of Responses. */
function failureOf(piece: JsonObject): string | null {
  const { type, error } = piece;
  if (type !== 'error' && type !== 'response.failed') return null;
  const response = isObject(piece['response']) ? piece['response'] : {};
  const told = error ?? response['error'] ?? piece;
  if (told instanceof Error) return `${told.name}: ${told.message}`;
  return isObject(told) ? textOf(told['message']) || 'the stream failed' : String(told);
}

function detailsOf(usage: JsonObject, names: readonly string[]): JsonObject {
  for (const name of names) if (isObject(usage[name])) return usage[name];
  return {};
}

function charsOf(piece: JsonObject): number {
  let chars = 0;
  if (typeof piece['delta'] === 'string') chars += piece['delta'].length;
  else if (isObject(piece['delta'])) {
    chars += textOf(piece['delta']['text']).length + textOf(piece['delta']['partial_json']).length;
  }
  if (Array.isArray(piece['choices'])) {
    for (const choice of piece['choices']) {
      if (!isObject(choice)) continue;
      for (const made of [choice['delta'], choice['message']])
        if (isObject(made)) chars += textOf(made['content']).length;
    }
  }
  if (Array.isArray(piece['content'])) {
    for (const part of piece['content']) if (isObject(part)) chars += textOf(part['text']).length;
  }
  return chars;
}
