import { Buffer } from 'node:buffer';
import { decodeLine } from '../decode-line.ts';
import { type Fields, fieldsAt, isFields, textAt } from '../fields.ts';
import type { MakeReader } from '../log-reader.ts';
import { parseLine, tryLine } from '../parse-line.ts';
import { toName } from '../to-name.ts';
import { toolClock } from '../tool-clock.ts';
import { usageBook } from '../usage-book.ts';
import { type ClaudeLine, type ClaudeThread, noteAssistant } from './claude-assistant.ts';
import { noteSystem } from './claude-system.ts';
import { noteUser } from './claude-user.ts';
import { cutToolUseResult } from './cut-tool-use-result.ts';

const threadsMax = 100;
const kindBytesMax = 512;
const progressKind = Buffer.from('"type":"progress"');
/** Known and of no use here: copies, snapshots of files, titles. */
const silentTypes = new Set([
  'file-history-snapshot',
  'summary',
  'queue-operation',
  'pr-link',
  'progress',
  'attachment',
  'custom-title',
  'ai-title',
  'agent-name',
  'last-prompt',
  'permission-mode',
  'mode',
]);

/**
 * Claude Code's session files. One response is written as one line a content block, with growing output
 * tokens, and may be copied into other files: usage is known by (message id, request id). Sub-agents, which
 * are in files of their own or in progress lines, become sessions `<session>:agent-<id>`.
 */
export const claudeReader: MakeReader = (file, sink, saved) => {
  const before = isFields(saved) ? saved : {};
  const fileSession = fileNameOf(file.path);
  const book = usageBook(sink.emit);
  const tools = toolClock(before['tools']);
  const threads = new Map<string, ClaudeThread>();
  for (const [session, askedAt] of Object.entries(fieldsAt(before, 'askedAt')).slice(0, threadsMax)) {
    if (typeof askedAt === 'string') threads.set(session, { askedAt });
  }
  let lastTs = textAt(before, 'lastTs');

  function threadOf(session: string): ClaudeThread {
    const known = threads.get(session);
    if (known !== undefined) return known;
    const made: ClaudeThread = { askedAt: null };
    threads.set(session, made);
    if (threads.size > threadsMax) {
      for (const oldest of threads.keys()) {
        threads.delete(oldest);
        break;
      }
    }
    return made;
  }

  function note(type: string, fields: Fields, place: Pick<ClaudeLine, 'session' | 'source' | 'cwd'>): void {
    const ts = textAt(fields, 'timestamp');
    if (ts === null) {
      sink.skip('without a time');
      return;
    }
    const { session, source, cwd } = place;
    const thread = threadOf(session);
    // Named one by one: spreading `place` took a tenth of the whole time of an import.
    const line = { fields, ts, session, source, cwd, thread, sink, book, tools, lastTs };
    if (type === 'assistant') noteAssistant(line);
    else if (type === 'user') noteUser(line);
    else noteSystem(line);
    lastTs = ts;
  }

  function take(fields: Fields): void {
    const type = textAt(fields, 'type');
    const main = toName(textAt(fields, 'sessionId') ?? fileSession);
    const cwd = textAt(fields, 'cwd');
    if (type === 'assistant' || type === 'user' || type === 'system') {
      const isSide = fields['isSidechain'] === true;
      const session = isSide ? subSession(main, textAt(fields, 'agentId')) : main;
      note(type, fields, { session, source: isSide ? 'subagent' : 'direct', cwd });
      return;
    }
    const data = fieldsAt(fields, 'data');
    if (type === 'progress' && data['type'] === 'agent_progress') {
      const inner = fieldsAt(data, 'message');
      const innerType = textAt(inner, 'type');
      if (innerType !== 'assistant' && innerType !== 'user') return;
      const session = subSession(main, textAt(data, 'agentId'));
      note(innerType, inner, { session, source: 'subagent', cwd });
      return;
    }
    if (type === null || !silentTypes.has(type)) sink.skip('unknown kind of line');
  }

  function takeBytes(line: Buffer): void {
    if (isToolProgress(line)) return;
    const cut = cutToolUseResult(line);
    if (cut === null || !tryLine(cut, take)) parseLine(decodeLine(line), sink, take);
  }

  return {
    line: (text) => takeBytes(Buffer.from(text, 'utf8')),
    bytes: takeBytes,
    flush: book.flush,
    state: () => ({
      tools: tools.state(),
      lastTs,
      askedAt: Object.fromEntries([...threads].map(([session, { askedAt }]) => [session, askedAt])),
    }),
  };
};

/**
 * A fifth of all bytes is progress of tools and hooks, which is not even decoded. Lines with a chat message are
 * never left out here. The kind of line stands near its beginning; where it does not, the line is parsed.
 */
function isToolProgress(line: Buffer): boolean {
  return line.subarray(0, kindBytesMax).includes(progressKind) && !line.includes('"message":{');
}

function subSession(session: string, agentId: string | null): string {
  return toName(agentId === null ? `${session}:sidechain` : `${session}:agent-${agentId}`);
}

function fileNameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.jsonl.*$/, '');
}
