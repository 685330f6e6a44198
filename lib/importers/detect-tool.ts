import { type Fields, fieldsAt, isFields } from './fields.ts';
import type { Tool } from './log-reader.ts';

const linesMax = 40;
const claudeTypes = new Set(['user', 'assistant', 'system', 'progress']);
const claudeNotes = new Set([
  'summary',
  'file-history-snapshot',
  'queue-operation',
  'custom-title',
  'ai-title',
]);
const codexTypes = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted']);

/**
 * Which tool wrote a log, from its first lines; where they do not tell (an empty or a cut first line), from
 * where it lies. Null when it is nobody's whom we know.
 */
export function detectTool(path: string, head: string): Tool | null {
  const lines = head.split('\n', linesMax + 1).slice(0, linesMax);
  for (const line of lines) {
    const tool = toolOfLine(line);
    if (tool !== null) return tool;
  }
  return toolOfPath(path);
}

function toolOfLine(line: string): Tool | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return isFields(value) ? toolOfFields(value) : null;
}

function toolOfFields(fields: Fields): Tool | null {
  const { type } = fields;
  if (typeof fields['sessionId'] === 'string' && typeof fields['projectHash'] === 'string') return 'gemini';
  if (typeof type !== 'string') {
    const isFirstCodex =
      typeof fields['id'] === 'string' && 'instructions' in fields && 'timestamp' in fields;
    return isFirstCodex ? 'codex' : null;
  }
  if (codexTypes.has(type) && isFields(fields['payload'])) return 'codex';
  if (type === 'session' && typeof fields['id'] === 'string' && 'timestamp' in fields) return 'openclaw';
  if (type === 'message' && 'parentId' in fields && typeof fieldsAt(fields, 'message')['role'] === 'string') {
    return 'openclaw';
  }
  if (claudeTypes.has(type) && typeof fields['sessionId'] === 'string') return 'claude-code';
  return claudeNotes.has(type) ? 'claude-code' : null;
}

function toolOfPath(path: string): Tool | null {
  if (/\/\.?(?:openclaw|clawdbot|moltbot)\//.test(path)) return 'openclaw';
  if (/\/rollout-[^/]*\.jsonl$/.test(path)) return 'codex';
  if (/\/\.gemini\//.test(path)) return 'gemini';
  if (/\/\.?claude\/projects\//.test(path)) return 'claude-code';
  return null;
}
