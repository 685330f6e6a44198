import { type Fields, fieldsAt, numberAt, textAt } from '../fields.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import { elapsedMs } from '../tool-clock.ts';
import type { OpenClawLine } from './openclaw-answer.ts';

/** A tool's result: its chat line (without `details`, which repeats it) and how long the tool took. */
export function noteToolResult({ session, sink, tools, id, ts }: OpenClawLine, message: Fields): void {
  const callId = textAt(message, 'toolCallId');
  const call = callId === null ? null : tools.end(callId);
  const name = toName(textAt(message, 'toolName') ?? call?.name ?? 'tool');
  const base = { agent: session.agent, session: session.id };
  sink.emit({
    type: 'message',
    id: toName(id),
    ts,
    ...base,
    role: 'tool',
    kind: 'tool_result',
    toolName: name,
    ...(callId !== null && { toolCallId: toName(callId) }),
    content: toContent(message['content']),
  });
  const details = fieldsAt(message, 'details');
  const measured = numberAt(details, 'durationMs') ?? numberAt(details, 'tookMs');
  const durationMs =
    measured !== null && measured >= 0 && measured <= 86_400_000 ? measured : elapsedMs(call?.ts ?? null, ts);
  if (durationMs === null) return;
  sink.emit({
    type: 'operation',
    id: toName(`openclaw:tool:${session.id}:${id}`),
    ts: call?.ts ?? ts,
    ...base,
    name,
    kind: 'tool',
    durationMs,
    status: message['isError'] === true ? 'error' : 'ok',
  });
}
