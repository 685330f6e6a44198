import type { MessageInput } from '#lib/chat/message-event.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { countAt, type Fields, fieldsAt, listAt, numberAt, textAt } from '../fields.ts';
import type { ImportSink } from '../log-reader.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';

const opencodeAgent = 'opencode';
const latencyMsMax = 3_600_000;
const operationMsMax = 86_400_000;

export type OpenCodeMessage = {
  readonly id: string;
  readonly session: string;
  readonly source: Source;
  readonly data: Fields;
  readonly parts: readonly { readonly id: string; readonly data: Fields }[];
};

type Said = Pick<MessageInput, 'role' | 'kind' | 'content'> &
  Partial<Pick<MessageInput, 'toolName' | 'toolCallId'>>;

/** A message that is still being written: its next version says more. */
export function isUnfinished({ data }: Pick<OpenCodeMessage, 'data'>): boolean {
  return (
    data['role'] === 'assistant' &&
    data['error'] == null &&
    numberAt(fieldsAt(data, 'time'), 'completed') === null
  );
}

/** One message of OpenCode with its parts, from its database or its files. */
export function noteOpenCodeMessage(message: OpenCodeMessage, sink: ImportSink): void {
  const createdMs = numberAt(fieldsAt(message.data, 'time'), 'created');
  if (createdMs === null || Number.isNaN(new Date(createdMs).getTime())) {
    sink.skip('without a time');
    return;
  }
  for (const part of message.parts) notePart(message, part, createdMs, sink);
  if (message.data['role'] !== 'assistant') return;
  const steps = earlierSteps(message);
  for (const { id, data } of steps) {
    const { cost, tokens } = data;
    const time = { created: createdMs };
    noteUsage(
      { ...message, id, data: { ...message.data, cost, tokens, time, error: null } },
      createdMs,
      sink,
    );
  }
  noteUsage(steps.length === 0 ? message : withOwnCost(message, steps), createdMs, sink);
}

/**
 * An answer may take several steps, each a call. The message has the tokens of the last one and the cost of all;
 * where its tokens are not those of the last step, they are taken as the sum, and there is nothing to add.
 */
function earlierSteps({ data, parts }: OpenCodeMessage): OpenCodeMessage['parts'] {
  const steps = parts.filter((part) => part.data['type'] === 'step-finish' && part.data['tokens'] != null);
  const last = steps.at(-1);
  if (last === undefined || !isSameTokens(fieldsAt(last.data, 'tokens'), fieldsAt(data, 'tokens'))) return [];
  return steps.slice(0, -1);
}

function isSameTokens(one: Fields, other: Fields): boolean {
  return JSON.stringify(tokensOf(one)) === JSON.stringify(tokensOf(other));
}

function withOwnCost(message: OpenCodeMessage, steps: OpenCodeMessage['parts']): OpenCodeMessage {
  const earlier = steps.reduce((sum, { data }) => sum + (numberAt(data, 'cost') ?? 0), 0);
  const total = numberAt(message.data, 'cost') ?? 0;
  // To the twelfth decimal, which is as fine as a cost is kept: what is left of the floats' sums is below it.
  const cost = Math.max(0, Number((total - earlier).toFixed(12)));
  return { ...message, data: { ...message.data, cost } };
}

function notePart(
  message: OpenCodeMessage,
  part: OpenCodeMessage['parts'][number],
  createdMs: number,
  sink: ImportSink,
): void {
  const { data } = part;
  const isAnswer = message.data['role'] === 'assistant';
  const role = isAnswer ? 'assistant' : 'user';
  const ts = isoAt(numberAt(fieldsAt(data, 'time'), 'start') ?? createdMs);
  const say = (id: string, said: Said) =>
    sink.emit({
      type: 'message',
      id: toName(id),
      ts,
      agent: opencodeAgent,
      session: toName(message.session),
      ...said,
    });
  switch (textAt(data, 'type')) {
    case 'text': {
      const kind = isAnswer && message.data['summary'] === true ? 'summary' : 'text';
      say(part.id, { role, kind, content: textAt(data, 'text') ?? '' });
      return;
    }
    case 'reasoning':
      say(part.id, { role, kind: 'thinking', content: textAt(data, 'text') ?? '' });
      return;
    case 'file':
      say(part.id, { role, kind: 'text', content: toContent([data]) });
      return;
    case 'tool':
      noteTool(message, part, say, sink);
      return;
    default:
      // Steps, snapshots and patches repeat what the other parts and the message say.
      return;
  }
}

function noteTool(
  message: OpenCodeMessage,
  { id, data }: OpenCodeMessage['parts'][number],
  say: (id: string, said: Said) => void,
  sink: ImportSink,
): void {
  const state = fieldsAt(data, 'state');
  const callId = textAt(data, 'callID');
  const name = toName(textAt(data, 'tool') ?? 'tool');
  const tool = { toolName: name, ...(callId !== null && { toolCallId: toName(callId) }) };
  say(id, { role: 'assistant', kind: 'tool_call', ...tool, content: JSON.stringify(state['input'] ?? {}) });
  const status = textAt(state, 'status');
  if (status !== 'completed' && status !== 'error') return;
  const output = state['output'] ?? state['error'] ?? '';
  const attached = listAt(state, 'attachments');
  const content = toContent(
    attached.length === 0 ? output : [{ type: 'text', text: String(output) }, ...attached],
  );
  say(`${id}:result`, { role: 'tool', kind: 'tool_result', ...tool, content });
  const time = fieldsAt(state, 'time');
  const [start, end] = [numberAt(time, 'start'), numberAt(time, 'end')];
  if (start === null || end === null || end < start || end - start > operationMsMax) return;
  sink.emit({
    type: 'operation',
    id: toName(`opencode:tool:${id}`),
    ts: isoAt(start),
    agent: opencodeAgent,
    session: toName(message.session),
    name,
    kind: 'tool',
    durationMs: end - start,
    status: status === 'error' ? 'error' : 'ok',
  });
}

function noteUsage(
  { id, session, source, data }: OpenCodeMessage,
  createdMs: number,
  sink: ImportSink,
): void {
  const model = textAt(data, 'modelID');
  if (model === null || data['tokens'] == null) return;
  const completedMs = numberAt(fieldsAt(data, 'time'), 'completed');
  const latencyMs = completedMs === null ? null : completedMs - createdMs;
  const cost = numberAt(data, 'cost');
  const error = fieldsAt(data, 'error');
  const name = textAt(error, 'name');
  const cwd = textAt(fieldsAt(data, 'path'), 'cwd');
  sink.emit({
    type: 'usage',
    id: toName(`opencode:${id}`),
    ts: isoAt(completedMs ?? createdMs),
    agent: opencodeAgent,
    session: toName(session),
    source,
    provider: toName(textAt(data, 'providerID') ?? 'unknown'),
    model: toName(model),
    ...tokensOf(fieldsAt(data, 'tokens')),
    // A subscription's calls are written with a cost of 0, which is not what they cost.
    ...(cost !== null && cost > 0 && cost <= 1_000_000 && { costUsd: cost }),
    ...(latencyMs !== null && latencyMs >= 0 && latencyMs <= latencyMsMax && { latencyMs }),
    status: data['error'] == null ? 'ok' : name === 'MessageAbortedError' ? 'aborted' : 'error',
    ...(name !== null && { error: name.slice(0, 200).toWellFormed().replaceAll('\0', '') }),
    ...(cwd !== null && { attributes: { cwd: cwd.slice(0, 1_000).toWellFormed().replaceAll('\0', '') } }),
    onConflict: 'max',
  });
}

/** Input is without cached tokens; reasoning is beside output unless the total says that it is inside. */
function tokensOf(tokens: Fields) {
  const input = countAt(tokens, 'input');
  const output = countAt(tokens, 'output');
  const reasoning = countAt(tokens, 'reasoning');
  const cacheRead = countAt(fieldsAt(tokens, 'cache'), 'read');
  const cacheWrite = countAt(fieldsAt(tokens, 'cache'), 'write');
  const isInside =
    reasoning <= output && countAt(tokens, 'total') === input + output + cacheRead + cacheWrite;
  return {
    inputTokens: input,
    outputTokens: isInside ? output : output + reasoning,
    reasoningTokens: reasoning,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    inputIncludesCache: false,
  };
}

function isoAt(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
