import { type Fields, fieldsAt, isFields, numberAt, textAt } from '../fields.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import { elapsedMs } from '../tool-clock.ts';
import { type ClaudeLine, claudeAgent, lineId } from './claude-assistant.ts';

/** What the model is given: prompts, results of tools, the summary after a compaction. */
export function noteUser(line: ClaudeLine): void {
  const { fields, ts, session, sink, thread } = line;
  thread.askedAt = ts;
  const { content } = fieldsAt(fields, 'message');
  const results = Array.isArray(content) ? content.filter(isResult) : [];
  results.forEach((block, index) => {
    noteResult(line, block, index);
  });
  const others = Array.isArray(content) ? content.filter((block) => !isResult(block)) : content;
  if (Array.isArray(others) && others.length === 0) return;
  sink.emit({
    type: 'message',
    id: lineId(line, results.length),
    ts,
    agent: claudeAgent,
    session,
    role: 'user',
    kind: fields['isCompactSummary'] === true ? 'summary' : 'text',
    content: toContent(others),
  });
}

function isResult(block: unknown): block is Fields {
  return isFields(block) && block['type'] === 'tool_result';
}

function noteResult(line: ClaudeLine, block: Fields, index: number): void {
  const { ts, session, sink, tools } = line;
  const callId = textAt(block, 'tool_use_id');
  const tool = callId === null ? null : tools.end(callId);
  const content = toContent(block['content']);
  sink.emit({
    type: 'message',
    id: lineId(line, index),
    ts,
    agent: claudeAgent,
    session,
    role: 'tool',
    kind: 'tool_result',
    ...(tool !== null && { toolName: tool.name }),
    ...(callId !== null && { toolCallId: toName(callId) }),
    content,
  });
  if (tool === null || callId === null) return;
  const measured = index === 0 ? numberAt(fieldsAt(line.fields, 'toolUseResult'), 'durationMs') : null;
  const durationMs = measured ?? elapsedMs(tool.ts, ts);
  if (durationMs === null || durationMs < 0) return;
  sink.emit({
    type: 'operation',
    id: toName(`claude:tool:${callId}`),
    ts: tool.ts,
    agent: claudeAgent,
    session,
    name: tool.name,
    kind: 'tool',
    durationMs,
    status: block['is_error'] === true ? 'error' : 'ok',
  });
}
