import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Fields, isFields, numberAt, textAt } from '#lib/importers/fields.ts';
import { isUnfinished, noteOpenCodeMessage } from '#lib/importers/opencode/note-opencode-message.ts';
import type { ImportTask } from './import-task.ts';

const markOf = 'folder:2';
const fileBytesMax = 32 * 1_048_576;
const abandonedMs = 3_600_000;

/** OpenCode's first storage: a file for each message and each part. Messages that changed since are read. */
export async function importOpenCodeFolder({
  source,
  sink,
  marks,
  pause,
  whenStored,
}: ImportTask): Promise<void> {
  const { path } = source;
  const mark = await marks.find(path);
  const fromMs =
    mark?.fingerprint === markOf && isFields(mark.state) ? (numberAt(mark.state, 'changedMs') ?? 0) : 0;
  const subagents = await readSubagents(join(path, 'session'));
  let changedMs = fromMs;
  let isWhole = true;
  for (const session of await list(join(path, 'message'))) {
    for (const name of await list(join(path, 'message', session))) {
      const file = join(path, 'message', session, name);
      const about = await stat(file).catch(() => null);
      // A second of overlap: files systems differ in how finely they keep time.
      if (about === null || about.mtimeMs < fromMs - 1_000) continue;
      const data = await readJson(file);
      if (data === null) {
        sink.skip('not JSON');
        continue;
      }
      if (isUnfinished({ data }) && Date.now() - about.mtimeMs < abandonedMs) {
        isWhole = false;
        continue;
      }
      const id = textAt(data, 'id') ?? name.replace(/\.json$/, '');
      const parts = await readParts(join(path, 'part', id));
      noteOpenCodeMessage(
        { id, session, source: subagents.has(session) ? 'subagent' : 'direct', data, parts },
        sink,
      );
      changedMs = Math.max(changedMs, about.mtimeMs);
    }
    if ((await pause(0)) === 'stop') return;
  }
  if (isWhole) whenStored(() => marks.put(path, { offset: 0, fingerprint: markOf, state: { changedMs } }));
}

async function readParts(folder: string) {
  const parts: { id: string; data: Fields }[] = [];
  for (const name of await list(folder)) {
    const data = await readJson(join(folder, name));
    if (data !== null) parts.push({ id: textAt(data, 'id') ?? name.replace(/\.json$/, ''), data });
  }
  return parts;
}

/** `session/<id>.json` or `session/<project>/<id>.json`: those with a parent were begun by another session. */
async function readSubagents(folder: string): Promise<ReadonlySet<string>> {
  const subagents = new Set<string>();
  for (const name of await list(folder)) {
    const inner = name.endsWith('.json')
      ? [name]
      : (await list(join(folder, name))).map((one) => join(name, one));
    for (const path of inner) {
      const data = await readJson(join(folder, path));
      if (data !== null && textAt(data, 'parentID') !== null) subagents.add(basename(path, '.json'));
    }
  }
  return subagents;
}

/** In the order of their ids, which is that of time. */
async function list(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function readJson(path: string): Promise<Fields | null> {
  try {
    if ((await stat(path)).size > fileBytesMax) return null;
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isFields(value) ? value : null;
  } catch {
    // Being written, or no JSON.
    return null;
  }
}
