import { decompress } from 'fzstd';
import { numberAt, textAt } from '#lib/importers/fields.ts';
import type { ImportSink, LogFile, LogReader } from '#lib/importers/log-reader.ts';
import { openclawReader } from '#lib/importers/openclaw/openclaw-reader.ts';
import { sourceOfKey } from '#lib/importers/openclaw/session-source.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import type { ImportTask } from './import-task.ts';
import type { SqliteCopy } from './open-sqlite.ts';

const rowsMax = 2_000;
const sessionsMax = 5_000;
const archiveBytesMax = 64 * 1_048_576;

/**
 * OpenClaw's database of an agent (since 2026.8): the same lines as its files, by session and number; and the
 * packed archives of deleted sessions. A session is read again from its start when it has grown.
 * @returns what to remember: how far each of the latest 5,000 sessions was read.
 */
export async function importOpenClawDatabase(
  db: SqliteCopy,
  { file, sink, pause }: Pick<ImportTask, 'file' | 'sink' | 'pause'>,
  saved: unknown,
): Promise<unknown> {
  const before = new Map(savedEntries(saved));
  const sources = readSources(db);
  const known: LogFile = { ...file, sourceOf: (session) => sources.get(session) ?? file.sourceOf(session) };
  const after: [string, number][] = [];
  const sessions = db.rows(
    'select session_id, max(seq) as last from transcript_events group by session_id order by min(created_at)',
  );
  for (const row of sessions) {
    const [session, last] = [textAt(row, 'session_id'), numberAt(row, 'last')];
    if (session === null || last === null) continue;
    if (before.get(session) !== last && !(await readSession(db, { session, file: known, sink, pause })))
      break;
    after.push([session, last]);
  }
  if (db.has('session_transcript_archives'))
    after.push(...(await readArchives(db, { file: known, sink, pause, before })));
  return after.slice(-sessionsMax);
}

function savedEntries(saved: unknown): readonly (readonly [string, number])[] {
  if (!Array.isArray(saved)) return [];
  return saved.filter(
    (entry): entry is [string, number] => Array.isArray(entry) && typeof entry[0] === 'string',
  );
}

function readSources(db: SqliteCopy): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  if (!db.has('session_windows')) return sources;
  const spawner = db.columns('session_windows').has('spawned_by') ? 'spawned_by' : 'null';
  for (const row of db.rows(`select session_id, session_key, ${spawner} as spawner from session_windows`)) {
    const session = textAt(row, 'session_id');
    const spawned = textAt(row, 'spawner') === null ? null : 'subagent';
    const source = sourceOfKey(textAt(row, 'session_key') ?? '') ?? spawned;
    if (session !== null && source !== null) sources.set(session, source);
  }
  return sources;
}

type Reading = Pick<ImportTask, 'file' | 'sink' | 'pause'>;

/** @returns false when it was stopped before the end. */
async function readSession(
  db: SqliteCopy,
  { session, file, sink, pause }: Reading & { readonly session: string },
): Promise<boolean> {
  const reader = readerOf(session, file, sink);
  for (let seq = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = db.rows(
      `select seq, event_json from transcript_events where session_id = ? and seq > ? order by seq limit ${rowsMax}`,
      [session, seq],
    );
    for (const row of rows) {
      const text = textAt(row, 'event_json');
      if (text === null) sink.skip('not JSON');
      else reader.line(text);
      seq = Number(row['seq']);
    }
    if ((await pause(0)) === 'stop') return false;
    if (rows.length < rowsMax) break;
  }
  reader.flush();
  return true;
}

/** In the database the session's first line may be missing; its id stands in the column. */
function readerOf(session: string, file: LogFile, sink: ImportSink): LogReader {
  return openclawReader(file, sink, { id: session });
}

async function readArchives(
  db: SqliteCopy,
  { file, sink, pause, before }: Reading & { readonly before: ReadonlyMap<string, number> },
): Promise<readonly [string, number][]> {
  const done: [string, number][] = [];
  const list = db.rows(
    'select rowid as number, session_id, encoding, length(archive_blob) as bytes from session_transcript_archives',
  );
  for (const row of list) {
    const key = `archive:${String(row['number'])}`;
    const bytes = numberAt(row, 'bytes') ?? 0;
    if (before.get(key) !== bytes) {
      if (bytes > archiveBytesMax) sink.skip('unreadable archive');
      else readArchive(db, { row, file, sink });
      if ((await pause(0)) === 'stop') break;
    }
    done.push([key, bytes]);
  }
  return done;
}

function readArchive(
  db: SqliteCopy,
  { row, file, sink }: { readonly row: Readonly<Record<string, unknown>> } & Pick<Reading, 'file' | 'sink'>,
): void {
  const [found] = db.rows('select archive_blob from session_transcript_archives where rowid = ?', [
    Number(row['number']),
  ]);
  const blob = found?.['archive_blob'];
  try {
    const packed = blob instanceof Uint8Array ? blob : Buffer.from(String(blob));
    const text = Buffer.from(row['encoding'] === 'identity' ? packed : decompress(packed)).toString('utf8');
    const reader = readerOf(textAt(row, 'session_id') ?? 'archive', file, sink);
    for (const line of text.split('\n')) if (line !== '') reader.line(line);
    reader.flush();
  } catch {
    // Another packing than zstd, or cut off.
    sink.skip('unreadable archive');
  }
}
