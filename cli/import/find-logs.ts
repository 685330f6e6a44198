import { closeSync, openSync, readSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { detectTool } from '#lib/importers/detect-tool.ts';
import type { LogSource } from './log-source.ts';

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
    for await (const candidate of walk(path, 0)) {
      const real = await realpath(candidate).catch(() => null);
      if (real === null || seen.has(real)) continue;
      seen.add(real);
      const source = await look(real, known);
      if (source !== null) sources.push(source);
    }
  }
  return sources.sort((a, b) => a.startMs - b.startMs || (a.path < b.path ? -1 : 1));
}

async function look(path: string, known: Map<string, Looked>): Promise<LogSource | null> {
  const about = await stat(path).catch(() => null);
  if (about === null) return null;
  const before = known.get(path);
  // What a database's owner writes goes into its log first.
  const log = /\.(?:sqlite|db)$/.test(path) ? await stat(`${path}-wal`).catch(() => null) : null;
  const now = { bytes: about.size + (log?.size ?? 0), mtimeMs: Math.max(about.mtimeMs, log?.mtimeMs ?? 0) };
  if (before?.bytes === now.bytes && before.mtimeMs === now.mtimeMs) return before.source;
  const source = before?.source ?? (await identify(path));
  const found = source === null ? null : { ...source, ...now };
  known.set(path, { ...now, source: found });
  return found;
}

async function* walk(path: string, depth: number): AsyncGenerator<string> {
  const about = await stat(path).catch(() => null);
  if (about === null || depth > depthMax) return;
  if (about.isFile()) {
    if (depth === 0 || isLogName(path)) yield path;
    return;
  }
  if (!about.isDirectory()) return;
  if (await isOpenCodeStorage(path)) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name === '.git') continue;
    // Links inside of a folder are not followed: they could lead round in a circle.
    if (entry.isDirectory() || entry.isFile()) yield* walk(join(path, entry.name), depth + 1);
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

async function isOpenCodeStorage(path: string): Promise<boolean> {
  if (basename(path) !== 'storage') return false;
  const found = await Promise.all(
    ['message', 'session'].map((name) => stat(join(path, name)).catch(() => null)),
  );
  return found.some((about) => about?.isDirectory() === true);
}

async function identify(path: string): Promise<LogSource | null> {
  const about = await stat(path).catch(() => null);
  if (about === null) return null;
  const base = { path, bytes: about.size, mtimeMs: about.mtimeMs, startMs: about.mtimeMs };
  if (about.isDirectory()) return { ...base, tool: 'opencode', format: 'folder' };
  const head = readHead(path, about.size);
  if (head.startsWith(sqliteMark)) {
    const tool = /opencode/.test(basename(path)) ? 'opencode' : 'openclaw';
    return { ...base, tool, format: 'database' };
  }
  if (path.endsWith('.zst')) return { ...base, tool: 'openclaw', format: 'zstd-lines' };
  if (path.endsWith('.json')) {
    const isGemini = /"sessionId"\s*:/.test(head) && /"(?:projectHash|messages)"\s*:/.test(head);
    return isGemini
      ? { ...base, tool: 'gemini', format: 'document', startMs: startOf(head) ?? about.mtimeMs }
      : null;
  }
  const tool = detectTool(path.replaceAll('\\', '/'), head);
  return tool === null ? null : { ...base, tool, format: 'lines', startMs: startOf(head) ?? about.mtimeMs };
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
