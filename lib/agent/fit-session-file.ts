import { randomUUID } from 'node:crypto';
import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { type ChatMessage, isObject, type JsonObject } from './chat-message.ts';
import type { FitReport } from './fit-report.ts';
import type { SessionGuard } from './session-guard.ts';

/** A larger file is not a session that can be mended in memory. */
const fileBytesMax = 256_000_000;
/** Travels along when a message is copied with a shorter text, and is not in its JSON. */
const lineNumber = Symbol('line');

type Line = {
  readonly text: string;
  readonly value: JsonObject | null;
  readonly message: ChatMessage | null;
};
type Numbered = ChatMessage & { readonly [lineNumber]?: number };

export type FitFileReport = FitReport & {
  readonly fileBytesBefore: number;
  readonly fileBytesAfter: number;
  /** False when the file was small enough as it is. */
  readonly written: boolean;
};

/**
 * Holds a session's file under the guard's limits: lines of JSON that are messages, or hold one under
 * `message` as OpenClaw and Claude Code write them. Other lines stay. Where a line that goes was the parent
 * of another, that one gets the parent before. The file is replaced at once or not at all; nobody else should
 * write to it meanwhile.
 * @throws RangeError for a file above 256 MB; what the file system says.
 */
export async function fitSessionFile(path: string, guard: SessionGuard): Promise<FitFileReport> {
  const { size } = await stat(path);
  if (size > fileBytesMax) {
    throw new RangeError(
      `plimsoll fitSessionFile: ${path} has ${size} bytes, at most ${fileBytesMax} are taken`,
    );
  }
  const before = await readFile(path, 'utf8');
  const lines = before.split('\n').map(readLine);
  const messages = lines.flatMap(({ message }, index): Numbered[] =>
    message === null ? [] : [{ ...message, [lineNumber]: index }],
  );
  const { messages: held, report } = await guard.fit(messages);
  const isChanged = report.pruned.length > 0 || report.leftOut > 0 || report.compaction === 'done';
  const after = isChanged ? writeLines(lines, held) : before;
  const sizes = { fileBytesBefore: size, fileBytesAfter: Buffer.byteLength(after), written: isChanged };
  if (isChanged) await replaceFile(path, after);
  return { ...report, ...sizes };
}

function readLine(text: string): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return { text, value: null, message: null };
    const inner = value['message'];
    if (isObject(inner) && typeof inner['role'] === 'string') return { text, value, message: inner };
    return { text, value, message: typeof value['role'] === 'string' ? value : null };
  } catch {
    // An empty or a torn line: it stays as it is.
    return { text, value: null, message: null };
  }
}

function writeLines(lines: readonly Line[], held: readonly ChatMessage[]): string {
  const heldByLine = new Map<number, ChatMessage>();
  let marker: ChatMessage | null = null;
  for (const message of held) {
    const index = (message as Numbered)[lineNumber];
    if (index === undefined) marker = message;
    else heldByLine.set(index, message);
  }
  const written: string[] = [];
  const parents = new Map<unknown, unknown>();
  for (const [index, line] of lines.entries()) {
    const kept = heldByLine.get(index);
    if (line.message !== null && kept === undefined) {
      if (line.value !== null) parents.set(line.value['id'], line.value['parentId']);
      continue;
    }
    if (line.message !== null && marker !== null) {
      const isWrapped = line.value !== line.message;
      written.push(
        JSON.stringify(
          isWrapped ? { type: line.value?.['type'], id: randomUUID(), message: marker } : marker,
        ),
      );
      marker = null;
    }
    written.push(writeLine(line, { kept, parents }));
  }
  return written.join('\n');
}

function writeLine(
  line: Line,
  {
    kept,
    parents,
  }: { readonly kept: ChatMessage | undefined; readonly parents: ReadonlyMap<unknown, unknown> },
): string {
  if (line.value === null) return line.text;
  const isSame = kept === undefined || kept.content === line.message?.content;
  let parent = line.value['parentId'];
  while (parents.has(parent)) parent = parents.get(parent);
  const isSameParent = parent === line.value['parentId'];
  if (isSame && isSameParent) return line.text;
  const linked = isSameParent ? line.value : { ...line.value, parentId: parent };
  if (kept === undefined || isSame) return JSON.stringify(linked);
  return JSON.stringify(
    line.value === line.message ? { ...linked, content: kept.content } : { ...linked, message: kept },
  );
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}
