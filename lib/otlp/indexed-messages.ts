import type { Attributes } from './attributes.ts';
import { type SaidMessage, type SaidPart, textPart } from './said-message.ts';

type Draft = {
  role: string;
  content: string;
  calls: Map<number, { name: string; given: string; id: string }>;
};

const messagesMax = 1_000;

/**
 * Messages that are spread over attributes: `llm.input_messages.0.message.role` of OpenInference,
 * `gen_ai.prompt.0.content` of OpenLLMetry. Empty when there is none under this name.
 */
export function readIndexed(attributes: Attributes, prefix: string): readonly SaidMessage[] {
  const drafts = new Map<number, Draft>();
  const start = `${prefix}.`;
  for (const [name, value] of attributes) {
    if (!name.startsWith(start) || typeof value !== 'string') continue;
    const [, index = '', path = ''] = /^(\d{1,4})\.(?:message\.)?(.+)$/.exec(name.slice(start.length)) ?? [];
    if (index === '' || drafts.size >= messagesMax) continue;
    const draft = drafts.get(Number(index)) ?? { role: 'user', content: '', calls: new Map() };
    drafts.set(Number(index), draft);
    note(draft, path, value);
  }
  return [...drafts].sort(([a], [b]) => a - b).map(([, draft]) => toMessage(draft));
}

function note(draft: Draft, path: string, value: string): void {
  if (path === 'role') draft.role = value;
  if (path === 'content' || /^contents\.\d{1,4}\.message_content\.text$/.test(path)) {
    draft.content += draft.content === '' ? value : `\n${value}`;
  }
  const [, index, member] =
    /^tool_calls\.(\d{1,3})\.(?:tool_call\.)?(?:function\.)?(name|arguments|id)$/.exec(path) ?? [];
  if (index === undefined) return;
  const call = draft.calls.get(Number(index)) ?? { name: '', given: '', id: '' };
  draft.calls.set(Number(index), call);
  if (member === 'name') call.name = value;
  if (member === 'arguments') call.given = value;
  if (member === 'id') call.id = value;
}

function toMessage({ role, content, calls }: Draft): SaidMessage {
  const asked = [...calls.values()].map(({ name, given, id }): SaidPart => {
    return { kind: 'tool_call', text: given, toolName: name || null, toolCallId: id || null };
  });
  return { role, parts: [...(content === '' ? [] : [textPart(content)]), ...asked] };
}
