import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { makeBudget, placedHold } from '../testing/budgets.ts';
import { openHoldDesk } from './hold-desk.ts';

const projectId = 1;

let base: TestDatabase;
/** One connection, whose own counters tell what it read. */
let db: Database;
beforeAll(async () => {
  base = await createTestDatabase();
  // A new installation has not analysed the table yet, and plans are kept until it has.
  await base.db.run('alter table holds set (autovacuum_enabled = false)', []);
  await makeBudget(base.db);
  const desk = openHoldDesk(base.db);
  await Promise.all(Array.from({ length: 2_000 }, (_, n) => desk.place(projectId, hold(`before-${n}`))));
  db = openDatabase({ url: base.url, connectionsMax: 1 });
});
afterAll(async () => {
  await db.close();
  await base.close();
});

const hold = (id: string) => placedHold({ id, amountPicoUsd: 1n });

test('an admission reads no other holds, though nobody knows yet how many there are', async () => {
  const desk = openHoldDesk(db);
  const before = await rowsRead();
  for (let n = 0; n < 5; n++) await desk.place(projectId, hold(`after-${n}`));
  expect((await rowsRead()) - before).toBeLessThan(20);
});

test('nor does an end', async () => {
  const desk = openHoldDesk(db);
  const before = await rowsRead();
  for (let n = 0; n < 10; n++) {
    await desk.end(projectId, { id: `before-${n}`, end: 'settle', costPicoUsd: 1n, tokens: null });
  }
  expect((await rowsRead()) - before).toBeLessThan(60);
});

async function rowsRead(): Promise<number> {
  await db.run('select pg_stat_force_next_flush()', []);
  const [row] = await db.run(
    `select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables where relname = 'holds'`,
    [],
  );
  return Number(row?.['rows']);
}
