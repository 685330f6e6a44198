import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordedMessage } from '#lib/agent/index.ts';
import { detectTool } from '#lib/importers/detect-tool.ts';
import { lineReaders } from '#lib/importers/line-readers.ts';
import type { ImportEvent } from '#lib/importers/log-reader.ts';

export type Transcript = {
  readonly tool: string;
  readonly session: string;
  readonly fileBytes: number;
  readonly messages: readonly RecordedMessage[];
  /** The model of most calls, with its provider. */
  readonly model: { readonly provider: string; readonly model: string } | null;
};

/** Real logs under a folder, each session's messages in the order of the log. */
export function readTranscripts(folder: string): readonly Transcript[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes('.jsonl'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return files.sort().flatMap(readFile);
}

function readFile(file: string): readonly Transcript[] {
  const text = readFileSync(file, 'utf8');
  const tool = detectTool(file, text.slice(0, 100_000));
  if (tool === null || !(tool in lineReaders)) return [];
  const events: ImportEvent[] = [];
  const log = { path: file, sourceOf: () => null, rootOf: (id: string) => id };
  const make = lineReaders[tool as keyof typeof lineReaders];
  const reader = make(log, { emit: (event) => events.push(event), skip: () => {} }, null);
  for (const line of text.split('\n')) if (line !== '') reader.line(line);
  reader.flush();
  const sessions = new Map<string, RecordedMessage[]>();
  const models = new Map<string, { provider: string; model: string; calls: number }>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'usage') {
      const known = models.get(event.model) ?? { provider: event.provider, model: event.model, calls: 0 };
      models.set(event.model, { ...known, calls: known.calls + 1 });
    }
    if (event.type !== 'message' || seen.has(event.id)) continue;
    seen.add(event.id);
    const role = event.role === 'developer' ? 'system' : event.role;
    const kind = event.kind ?? (role === 'tool' ? 'tool_result' : 'text');
    const made = {
      role,
      kind,
      content: event.content,
      toolName: event.toolName ?? null,
      toolCallId: event.toolCallId ?? null,
    };
    sessions.set(event.session, [...(sessions.get(event.session) ?? []), made]);
  }
  const [model = null] = [...models.values()].sort((a, b) => b.calls - a.calls);
  return [...sessions].map(([session, messages]) => ({
    tool,
    session,
    fileBytes: Buffer.byteLength(text),
    messages,
    model,
  }));
}
