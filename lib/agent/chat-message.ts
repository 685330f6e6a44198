/**
 * A message of any of the usual kinds: OpenAI (Chat Completions and Responses items), Anthropic, the AI SDK's
 * model messages, or your own with a role and a text. The toolkit reads their structure and gives back the
 * same objects; only a text that it shortens is in a new object.
 */
export type ChatMessage = {
  readonly role?: string | undefined;
  readonly content?: unknown;
};

export type ChatRole = 'system' | 'user' | 'assistant' | 'tool';

export type ToolCallFacts = { readonly id: string; readonly name: string; readonly input: unknown };

/** What the toolkit needs to know of a message. */
export type MessageFacts = {
  readonly role: ChatRole;
  readonly calls: readonly ToolCallFacts[];
  /** The calls that this message answers. */
  readonly resultIds: readonly string[];
  readonly tokens: number;
};

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
