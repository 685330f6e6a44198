import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import * as tables from '../schema/tables.ts';

const deadlineMs = 120_000;

/**
 * First what could still bring rows: keys that may send, and flushes that the compactor would fold. A fold that
 * is under way holds its flushes, so that deleting them waits for it.
 */
const first = ['api_keys', 'pending_flushes', 'pending_operations', 'rollup_corrections'];

const ownTables = Object.values(tables)
  .filter((table) => table instanceof PgTable)
  .map((table) => getTableConfig(table))
  .filter(({ columns }) => columns.some(({ name }) => name === 'project_id'))
  .map(({ name }) => name);

/**
 * Deletes a demo project with all that it holds, a table a statement and the project itself last, so that a run
 * that was cut short can be repeated. Projects that are no demo are not deleted.
 */
export async function deleteDemoProject(db: Database, projectId: number): Promise<void> {
  const [demo] = await db.run('select 1 from projects where id = $1::int and is_demo', [projectId]);
  if (demo === undefined) return;
  for (const table of [...first, ...ownTables.filter((name) => !first.includes(name))]) {
    await db.run(`delete from ${table} where project_id = $1::int`, [projectId], { deadlineMs });
  }
  await db.run('delete from projects where id = $1::int and is_demo', [projectId]);
}
