import { closeSync, type Dirent, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { detectTool } from '#lib/importers/detect-tool.ts';
import type { LogFormat, LogSource } from './log-source.ts';

const depthMax = 16;
const headBytes = 16_384;
const headBytesMax = 1_048_576;
const sqliteMark = 'SQLite format 3\0';

export type LogFinder = { find(): Promise<readonly LogSource[]> };

/** Finds logs below some paths, again and again; looks into a file only when it has changed. */
export function logFinder(paths: readonly string[]): LogFinder {
  const known = new Map<string, Looked>();
  return { find: () => findLogs(paths, known) };
}

type Looked = { readonly bytes: number; readonly mtimeMs: number; readonly source: LogSource | null };

/** The logs below these paths, oldest first. What is no log of a tool that we know is left out. */
export async function findLogs(
  paths: readonly string[],
  known = new Map<string, Looked>(),
): Promise<readonly LogSource[]> {
  const seen = new Set<string>();
  const sources: LogSource[] = [];
  for (const path of paths) {
    const root = await realpath(path).catch(() => null);
    if (root === null) continue;
    for (const candidate of walk(root, 0)) {
      if (seen.has(candidate)) continue;
      seen.add(candidate);
      const source = look(candidate, known);
      if (source !== null) sources.push(source);
    }
  }
  return sources.sort((a, b) => a.startMs - b.startMs || (a.path < b.path ? -1 : 1));
}

function look(path: string, known: Map<string, Looked>): LogSource | null {
  const about = findStats(path);
  if (about === null) return null;
  const before = known.get(path);
  // What a database's owner writes goes into its log first.
  const log = /\.(?:sqlite|db)$/.test(path) ? findStats(`${path}-wal`) : null;
  const now = { bytes: about.size + (log?.size ?? 0), mtimeMs: Math.max(about.mtimeMs, log?.mtimeMs ?? 0) };
  if (before?.bytes === now.bytes && before.mtimeMs === now.mtimeMs) return before.source;
  const source = before?.source ?? identify(path, about);
  const found = source === null ? null : { ...source, ...now };
  known.set(path, { ...now, source: found });
  return found;
}

/** Synchronously: with some hundred files, going through the thread pool for each took longer than to look. */
function* walk(path: string, depth: number): Generator<string> {
  if (depth > depthMax) return;
  if (depth === 0 && findStats(path)?.isDirectory() !== true) {
    yield path;
    return;
  }
  if (isOpenCodeStorage(path)) {
    yield path;
    return;
  }
  for (const entry of listFolder(path)) {
    if (entry.name === 'node_modules' || entry.name === '.git') continue;
    const inner = join(path, entry.name);
    // Links inside of a folder are not followed: they could lead round in a circle.
    if (entry.isDirectory()) yield* walk(inner, depth + 1);
    else if (entry.isFile() && isLogName(inner)) yield inner;
  }
}

function listFolder(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Not ours to read, or gone meanwhile.
    return [];
  }
}

function findStats(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // Below a folder that is not ours to read.
    return null;
  }
}

function isLogName(path: string): boolean {
  const name = basename(path);
  if (name.endsWith('.lock') || name === 'sessions.json') return false;
  if (/\.jsonl(?:\.(?:reset|deleted|imported|bak)[^/]*)?$/.test(name)) return true;
  if (/\.jsonl\.[^/]*\.zst$/.test(name)) return true;
  if (name === 'openclaw-agent.sqlite' || /^opencode[\w-]*\.db$/.test(name)) return true;
  return name.endsWith('.json') && path.includes('/chats/');
}

function isOpenCodeStorage(path: string): boolean {
  if (basename(path) !== 'storage') return false;
  return ['message', 'session'].some((name) => findStats(join(path, name))?.isDirectory() === true);
}

function identify(path: string, about: Stats): LogSource | null {
  if (!about.isFile() && !about.isDirectory()) return null;
  const base = { path, bytes: about.size, mtimeMs: about.mtimeMs, startMs: about.mtimeMs };
  if (about.isDirectory()) return { ...base, tool: 'opencode', format: 'folder' };
  const head = readHead(path, about.size);
  if (head.startsWith(sqliteMark)) {
    const tool = /opencode/.test(basename(path)) ? 'opencode' : 'openclaw';
    return { ...base, tool, format: 'database' };
  }
  if (path.endsWith('.zst')) return { ...base, tool: 'openclaw', format: 'zstd-lines' };
  const startMs = startOf(head) ?? about.mtimeMs;
  if (path.endsWith('.json')) {
    const isGemini = /"sessionId"\s*:/.test(head) && /"(?:projectHash|messages)"\s*:/.test(head);
    return isGemini ? { ...base, tool: 'gemini', format: geminiFormat(head), startMs } : null;
  }
  const tool = detectTool(path.replaceAll('\\', '/'), head);
  if (tool === null) return null;
  return { ...base, tool, format: tool === 'gemini' ? geminiFormat(head) : 'lines', startMs };
}

/** Either kind of file may have either name. A document on one line is both, and is read like lines. */
function geminiFormat(head: string): LogFormat {
  const [first = ''] = head.split('\n', 1);
  try {
    JSON.parse(first);
    return 'lines';
  } catch {
    return 'document';
  }
}

function readHead(path: string, size: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Not ours to read, or gone meanwhile.
    return '';
  }
  try {
    for (let length = headBytes; ; length = headBytesMax) {
      const buffer = Buffer.alloc(Math.min(length, size));
      readSync(file, buffer, 0, buffer.length, 0);
      // A first line longer than the head says nothing; the second look is larger.
      if (buffer.includes(10) || buffer.length === size || length === headBytesMax)
        return buffer.toString('utf8');
    }
  } finally {
    closeSync(file);
  }
}

function startOf(head: string): number | null {
  const match = /"(?:timestamp|startTime)"\s*:\s*"(\d{4}-\d\d-\d\dT[^"]{5,30})"/.exec(head);
  const startMs = match?.[1] === undefined ? Number.NaN : Date.parse(match[1]);
  return Number.isNaN(startMs) ? null : startMs;
}
