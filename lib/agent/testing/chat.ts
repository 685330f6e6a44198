/** Messages as the Chat Completions API has them. */
export type TestMessage = {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly type: 'function';
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  readonly tool_call_id?: string;
};

export const system = (content: string): TestMessage => ({ role: 'system', content });
export const user = (content: string): TestMessage => ({ role: 'user', content });
export const assistant = (content: string): TestMessage => ({ role: 'assistant', content });

export function call(id: string, name: string, input: Readonly<Record<string, unknown>> = {}): TestMessage {
  const made = { id, type: 'function', function: { name, arguments: JSON.stringify(input) } } as const;
  return { role: 'assistant', content: '', tool_calls: [made] };
}

export const result = (id: string, content: string): TestMessage => ({
  role: 'tool',
  tool_call_id: id,
  content,
});

/** Plain words of about so many tokens. */
export function words(tokens: number, seed = 0): string {
  return Array.from({ length: tokens }, (_, index) => `w${(index * 31 + seed) % 89}x`)
    .join(' ')
    .slice(0, tokens * 4);
}

/** Calls without results and results without calls: a provider refuses a history that has any. */
export function brokenPairs(messages: readonly TestMessage[]): number {
  const calls = new Set(messages.flatMap((message) => (message.tool_calls ?? []).map(({ id }) => id)));
  const results = new Set(messages.flatMap(({ tool_call_id }) => tool_call_id ?? []));
  return (
    [...calls].filter((id) => !results.has(id)).length + [...results].filter((id) => !calls.has(id)).length
  );
}
