import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { readSession } from './read-session.ts';

const calls = 10_000;
const messages = 6_000;

let base: TestDatabase;
beforeAll(async () => {
  base = await createTestDatabase();
  const { db } = base;
  await db.run(`insert into agents (project_id, id, name) values (1, 1, 'busy')`, []);
  await db.run(
    `insert into models (project_id, id, provider, name) values (1, 1, 'anthropic', 'claude-sonnet-4-5')`,
    [],
  );
  await db.run(`insert into price_versions (project_id, id, name) values (1, 1, 'test')`, []);
  await db.run(
    `insert into sessions (project_id, id, external_id, agent_id, messages, bytes, message_tokens,
       largest_message_bytes, first_activity, last_activity, last_seq)
     values (1, 1, 'busy', 1, $1::int, 1, 1, 10, now(), now(), $1::int - 1)`,
    [messages],
  );
  await db.run(
    `insert into messages (project_id, session_id, seq, id, ts, bytes, tokens, role, kind, tokens_estimated,
       content_hash, preview)
     select 1, 1, n, md5(n::text)::uuid, timestamptz '2026-11-20Z' + n * interval '1 s' * ${calls / messages}, 10, 1, 0, 0, true,
       md5('same')::uuid, 'x' from generate_series(0, $1::int - 1) n`,
    [messages],
  );
  await db.run(
    `insert into usage_events (project_id, flush_id, id, ts, session_id, agent_id, model_id, price_version_id,
       source, status, price_status, cost_pico_usd, input_tokens)
     select 1, 1, md5(n::text)::uuid, timestamptz '2026-11-20Z' + n * interval '1 s', 1, 1, 1, 1, 0, 0, 0, 5, 20000 + n
     from generate_series(0, $1::int - 1) n`,
    [calls],
  );
});
afterAll(() => base.close());

test('ten thousand calls between thousands of messages are read within a statement’s deadline', async () => {
  const session = await readSession(base.db, { projectId: 1, id: 'busy', nowMs: Date.now() });
  expect(session.growth).toHaveLength(400);
  expect(session.growth.at(-1)?.parts).toEqual({ system: 20_000, user: 9_999, assistant: 0, tool: 0 });
});
