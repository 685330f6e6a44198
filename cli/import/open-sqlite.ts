import { constants } from 'node:fs';
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { type Fields, isFields } from '#lib/importers/fields.ts';

const triesMax = 5;

/** A copy of another program's database, to be read. */
export type SqliteCopy = {
  has(table: string): boolean;
  columns(table: string): ReadonlySet<string>;
  rows(text: string, values?: readonly (string | number)[]): readonly Fields[];
  close(): Promise<void>;
};

/**
 * Copies a database and its write-ahead log and opens the copy, so that its owner is never held up and nothing
 * of its files is touched. @throws Error when it cannot be read.
 */
export async function openSqlite(path: string): Promise<SqliteCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'copy.db');
    await copyConsistently(path, copy);
    const db = new sqlite.Database(copy);
    // There is no shared memory here, without which a write-ahead log is read only under an exclusive lock.
    db.exec('pragma locking_mode = exclusive');
    return {
      has: (table) =>
        db.all("select 1 from sqlite_master where type in ('table', 'view') and name = ?", [table]).length >
        0,
      columns: (table) =>
        new Set(db.all(`select name from pragma_table_info('${table}')`).map((row) => String(row['name']))),
      rows: (text, values = []) => db.all(text, [...values]).filter(isFields),
      close: () => {
        db.close();
        return remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Again when the owner moved its log into the database meanwhile: the two copies would not belong together. */
async function copyConsistently(path: string, copy: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = await stampOf(path);
    await copyFile(path, copy, constants.COPYFILE_FICLONE);
    await copyFile(`${path}-wal`, `${copy}-wal`).catch(() => rm(`${copy}-wal`, { force: true }));
    if ((await stampOf(path)) === before || attempt === triesMax) return;
  }
}

/** Changes with each checkpoint: when the database was written, and the salts in its log's header. */
async function stampOf(path: string): Promise<string> {
  const { mtimeMs, size } = await stat(path);
  const log = await open(`${path}-wal`, 'r').catch(() => null);
  const header = Buffer.alloc(32);
  try {
    await log?.read(header, 0, 32, 0);
  } finally {
    await log?.close();
  }
  return `${mtimeMs}:${size}:${header.toString('hex')}`;
}
