const kinds: Readonly<Record<string, string>> = {
  thinking: 'thinking',
  tool_call: 'tool call',
  tool_result: 'tool result',
  summary: 'summary',
};

/** What a message is, in words: its role for plain text ("user"), else its kind ("tool result"). */
export function nameKind({ role, kind }: { readonly role: string; readonly kind: string }): string {
  return kinds[kind] ?? role;
}
