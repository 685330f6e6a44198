import type { Source } from '#lib/usage/usage-event.ts';
import { countAt, type Fields, fieldsAt, isFields, numberAt, textAt } from '../fields.ts';
import type { MakeReader } from '../log-reader.ts';
import { parseLine } from '../parse-line.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import { toolClock } from '../tool-clock.ts';
import { noteAnswer, type OpenClawLine, type OpenClawSession } from './openclaw-answer.ts';
import { noteToolResult } from './openclaw-result.ts';
import { sourceOfPrompt } from './session-source.ts';

const silentTypes = new Set(['model_change', 'thinking_level_change', 'label', 'session_info']);
const sources: readonly Source[] = ['direct', 'heartbeat', 'cron', 'subagent', 'batch'];

/**
 * OpenClaw's transcripts (pi format, version 3), from files or from its database. Entry ids are unique in
 * their session only. The agent is the folder above `sessions/`.
 */
export const openclawReader: MakeReader = (file, sink, saved) => {
  const session = openSession(file.path, saved);
  const tools = toolClock(isFields(saved) ? saved['tools'] : null);

  function take(fields: Fields): void {
    const type = textAt(fields, 'type');
    if (type === 'session') {
      session.id = toName(textAt(fields, 'id') ?? session.id);
      session.cwd = textAt(fields, 'cwd')?.slice(0, 1_000).toWellFormed().replaceAll('\0', '') ?? null;
      return;
    }
    const ts = textAt(fields, 'timestamp');
    const id = textAt(fields, 'id');
    if (type === null) sink.skip('unknown kind of line');
    else if (ts === null || id === null) sink.skip('without a time');
    else {
      const source = session.turn ?? file.sourceOf(session.id) ?? 'direct';
      noteEntry(type, { fields, ts, id, session, source, sink, tools });
    }
  }

  function noteEntry(type: string, line: OpenClawLine): void {
    switch (type) {
      case 'message':
        noteMessage(line);
        return;
      case 'compaction':
        noteCompaction(line);
        return;
      case 'branch_summary':
        say(line, 'system', textAt(line.fields, 'summary'));
        return;
      case 'custom_message':
        say(line, 'system', toContent(line.fields['content']));
        return;
      case 'custom':
        if (line.fields['customType'] === 'openclaw:prompt-error') {
          const data = fieldsAt(line.fields, 'data');
          say(line, 'system', textAt(data, 'error') ?? JSON.stringify(data));
        }
        return;
      default:
        if (!silentTypes.has(type)) sink.skip('unknown kind of line');
    }
  }

  return {
    line: (text) => parseLine(text, sink, take),
    flush: () => undefined,
    state: () => ({ ...session, tools: tools.state() }),
  };
};

function noteMessage(line: OpenClawLine): void {
  const message = fieldsAt(line.fields, 'message');
  const role = textAt(message, 'role');
  if (role === 'assistant') noteAnswer(line, message);
  else if (role === 'toolResult') noteToolResult(line, message);
  else if (role === 'user') {
    const content = toContent(message['content']);
    line.session.turn = sourceOfPrompt(typeof content === 'string' ? content : firstText(content));
    say(line, 'user', content);
  } else if (role !== null)
    say(line, 'system', toContent(message['content'] ?? message['output'] ?? message));
}

function firstText(parts: readonly Fields[]): string {
  for (const part of parts) if (part['type'] === 'text') return textAt(part, 'text') ?? '';
  return '';
}

function say(
  { session, sink, id, ts }: OpenClawLine,
  role: 'user' | 'system',
  content: string | readonly Fields[] | null,
): void {
  if (content === null) return;
  sink.emit({
    type: 'message',
    id: toName(id),
    ts,
    agent: session.agent,
    session: session.id,
    role,
    kind: 'text',
    content: typeof content === 'string' ? content : [...content],
  });
}

function noteCompaction({ fields, session, sink, id, ts }: OpenClawLine): void {
  const base = { ts, agent: session.agent, session: session.id };
  const tokensBefore = countAt(fields, 'tokensBefore');
  const tokensAfter = countAt(fields, 'tokensAfter');
  const durationMs = numberAt(fieldsAt(fields, 'details'), 'durationMs') ?? 0;
  sink.emit({
    type: 'message',
    id: toName(id),
    ...base,
    role: 'user',
    kind: 'summary',
    content: textAt(fields, 'summary') ?? '',
  });
  sink.emit({
    type: 'operation',
    id: toName(`openclaw:compact:${session.id}:${id}`),
    ...base,
    name: 'compaction',
    kind: 'compact',
    durationMs: Math.max(0, durationMs),
    ...(tokensBefore > 0 && { tokensBefore }),
    ...(tokensAfter > 0 && { tokensAfter }),
  });
}

function openSession(path: string, saved: unknown): OpenClawSession {
  const before: Fields = isFields(saved) ? saved : {};
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const agent = /(?:^|\/)agents\/([^/]+)\//.exec(path)?.[1] ?? parts.at(-3) ?? 'openclaw';
  return {
    id: toName(textAt(before, 'id') ?? name.replace(/\.jsonl.*$/, '')),
    agent: toName(textAt(before, 'agent') ?? agent),
    cwd: textAt(before, 'cwd'),
    turn: sources.find((source) => source === before['turn']) ?? null,
  };
}
