import { importOpenClawDatabase } from './import-openclaw-database.ts';
import { importOpenCodeDatabase } from './import-opencode-database.ts';
import type { ImportTask } from './import-task.ts';
import { openSqlite } from './open-sqlite.ts';

const markOf = 'database:2';

/** Imports what is new in a tool's database; the tables tell whose it is. */
export async function importDatabase(task: ImportTask): Promise<void> {
  const { source, sink, marks, pause, whenStored } = task;
  const mark = await marks.find(source.path);
  const saved = mark?.fingerprint === markOf ? mark.state : null;
  await pause(source.bytes);
  const db = await openSqlite(source.path).catch(() => null);
  if (db === null) {
    sink.skip('unreadable database');
    return;
  }
  try {
    const importer = db.has('transcript_events')
      ? importOpenClawDatabase
      : db.has('part')
        ? importOpenCodeDatabase
        : null;
    if (importer === null) {
      sink.skip('unreadable database');
      return;
    }
    const state = await importer(db, task, saved);
    whenStored(() => marks.put(source.path, { offset: source.bytes, fingerprint: markOf, state }));
  } catch (error) {
    // A damaged file; what is the store's fault is not the database's.
    if (!(error instanceof Error && error.constructor.name === 'SQLite3Error')) throw error;
    sink.skip('unreadable database');
  } finally {
    await db.close();
  }
}
