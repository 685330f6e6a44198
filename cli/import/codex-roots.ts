import { open } from 'node:fs/promises';
import { fieldsAt, isFields, textAt } from '#lib/importers/fields.ts';
import type { LogSource } from './log-source.ts';

const headBytes = 262_144;
const generationsMax = 32;
const uuidPattern = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;

/** Of which session each Codex session of these files was forked, if of any. */
export async function readCodexParents(sources: readonly LogSource[]): Promise<ReadonlyMap<string, string>> {
  const parents = new Map<string, string>();
  for (const source of sources) {
    if (source.tool !== 'codex') continue;
    const meta = await readMeta(source.path);
    const id = textAt(meta, 'id') ?? uuidPattern.exec(source.path)?.[0] ?? null;
    const parent = textAt(meta, 'forked_from_id');
    if (id !== null && parent !== null) parents.set(id, parent);
  }
  return parents;
}

/** The first ancestor: the parent itself when its own file is not there. */
export function rootOf(parents: ReadonlyMap<string, string>, forkedFrom: string): string {
  let root = forkedFrom;
  for (let generation = 0; generation < generationsMax; generation++) {
    const parent = parents.get(root);
    if (parent === undefined) break;
    root = parent;
  }
  return root;
}

async function readMeta(path: string) {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return {};
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    const [first = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
    const value: unknown = JSON.parse(first);
    return isFields(value) && value['type'] === 'session_meta' ? fieldsAt(value, 'payload') : {};
  } catch {
    // A broken first line: the file is then its own root.
    return {};
  } finally {
    await file.close();
  }
}
