import { type Fields, isFields, numberAt, textAt } from '#lib/importers/fields.ts';
import { isUnfinished, noteOpenCodeMessage } from '#lib/importers/opencode/note-opencode-message.ts';
import type { ImportTask } from './import-task.ts';
import type { SqliteCopy } from './open-sqlite.ts';

const rowsMax = 500;
/** An answer that nobody has touched for so long was broken off. */
const abandonedMs = 3_600_000;

/**
 * OpenCode's database (since 1.2): messages with their parts. What was written since the last import is read.
 * @returns what to remember: when the latest whole message was written.
 */
export async function importOpenCodeDatabase(
  db: SqliteCopy,
  { sink, pause }: Pick<ImportTask, 'sink' | 'pause'>,
  saved: unknown,
): Promise<unknown> {
  const parents = readParents(db);
  const from = isFields(saved) ? (numberAt(saved, 'updatedMs') ?? 0) : 0;
  let at = { updated: from, id: '' };
  let settledMs = from;
  let isWhole = true;
  while (true) {
    const rows = db.rows(
      `select id, session_id, time_updated, data from message
       where time_updated > ? or (time_updated = ? and id > ?) order by time_updated, id limit ${rowsMax}`,
      [at.updated, at.updated, at.id],
    );
    for (const row of rows) {
      const [id, session] = [textAt(row, 'id') ?? '', textAt(row, 'session_id') ?? 'unknown'];
      const data = parseData(row);
      at = { updated: numberAt(row, 'time_updated') ?? 0, id };
      if (data === null) {
        sink.skip('not JSON');
        continue;
      }
      // It comes again when it is finished; the mark stays before it.
      if (isUnfinished({ data }) && Date.now() - at.updated < abandonedMs) isWhole = false;
      else {
        const source = parents.has(session) ? 'subagent' : 'direct';
        noteOpenCodeMessage({ id, session, source, data, parts: readParts(db, id) }, sink);
      }
      // One millisecond back: a message of the same instant may come later.
      if (isWhole) settledMs = Math.max(from, at.updated - 1);
    }
    if (rows.length < rowsMax || (await pause(0)) === 'stop') break;
  }
  return { updatedMs: settledMs };
}

/** Sessions that another session began. */
function readParents(db: SqliteCopy): ReadonlySet<string> {
  if (!db.has('session') || !db.columns('session').has('parent_id')) return new Set();
  return new Set(
    db.rows('select id from session where parent_id is not null').map((row) => String(row['id'])),
  );
}

function readParts(db: SqliteCopy, message: string) {
  return db
    .rows('select id, data from part where message_id = ? order by id limit 10000', [message])
    .flatMap((row) => {
      const data = parseData(row);
      return data === null ? [] : [{ id: String(row['id']), data }];
    });
}

function parseData(row: Fields): Fields | null {
  try {
    const value: unknown = JSON.parse(String(row['data']));
    return isFields(value) ? value : null;
  } catch {
    // Counted by the caller.
    return null;
  }
}
