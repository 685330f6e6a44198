import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { clearHistory } from './clear-history.ts';
import { readOutline } from './read-outline.ts';
import { readSession } from './read-session.ts';

const messages = 60_000;
const readMax = 2_000;
const of = { projectId: 1, id: 'long', nowMs: 0 };

let base: TestDatabase;
/** One connection, whose own counters tell what it read. */
let db: Database;
beforeAll(async () => {
  base = await createTestDatabase();
  db = openDatabase({ url: base.url, connectionsMax: 1 });
  await db.run(`insert into agents (project_id, id, name) values (1, 1, 'bench')`, []);
  await db.run(
    `insert into sessions (project_id, id, external_id, agent_id, messages, bytes, message_tokens,
       largest_message_bytes, first_activity, last_activity, last_seq)
     values (1, 1, 'long', 1, $1::int, 1, 1, 9000, now(), now(), $1::int - 1)`,
    [messages],
  );
  // As from a tool that returns its whole configuration each time: many of one size.
  await db.run(
    `insert into messages (project_id, session_id, seq, id, ts, bytes, tokens, role, kind, tokens_estimated,
       content_hash, preview)
     select 1, 1, n, md5(n::text)::uuid, now(), case when n % 2 = 0 then 9000 else n % 500 end, 1, 0, 0, true,
       md5('same')::uuid, 'x' from generate_series(0, $1::int - 1) n`,
    [messages],
  );
  await db.run('analyze messages', []);
});
afterAll(async () => {
  await db.close();
  await base.close();
});

async function rowsRead(read: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    await db.run('select pg_stat_force_next_flush()', []);
    const [row] = await db.run(
      `select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables where relname = 'messages'`,
      [],
    );
    return Number(row?.['rows']);
  };
  const before = await count();
  await read();
  return (await count()) - before;
}

test('a long session is weighed by its largest messages alone, the oldest of equal ones first', async () => {
  const session = await readSession(db, of);
  expect(session.culprits.map(({ seq }) => seq)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect(await rowsRead(() => readSession(db, of))).toBeLessThanOrEqual(readMax + 10);
  expect(await rowsRead(() => readOutline(db, of))).toBeLessThanOrEqual(1_000);
});

test('what was cleared is passed over without being read', async () => {
  const scope = { kind: 'beforeSeq', seq: messages - 25_000 } as const;
  await clearHistory(db, { by: browserPrincipal(1), id: 'long', scope, dryRun: false, undoMinutes: 5 });
  const [first] = (await readSession(db, of)).culprits;
  expect(first).toMatchObject({ seq: messages - 25_000, bytes: 9_000 });
  expect(await rowsRead(() => readSession(db, of))).toBeLessThanOrEqual(readMax + 10);
  expect(await rowsRead(() => readOutline(db, of))).toBeLessThanOrEqual(1_000);
});
