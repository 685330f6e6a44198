import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { filledBlocksMax, fillMessageBlocks } from '#db/queries/fill-message-blocks.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import type { BenchSql } from './bench-sql.ts';
import { describeMachine } from './describe-machine.ts';
import { printTable } from './print-table.ts';
import { quantile } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';
import { generateMessages, longSession } from './read/generate-messages.ts';

/**
 * How long the session page's question takes for one session of 300,000 calls and 200,000 messages, beside one of a
 * hundredth of that. `--scale 0.1` is quick.
 */
const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, rounds: { type: 'string', default: '20' } },
});
const scale = Number(values.scale);
const calls = Math.round(300_000 * scale);
const messages = Math.round(200_000 * scale);
const endMs = Date.now();
const short = { key: longSession.key + 1, id: 'a-short-session' };

const server = await openBenchPostgres();
try {
  await migrateDatabase(server.url);
  const sql = connect({ url: server.url, connectionsMax: 1, statementTimeoutMs: 600_000 });
  await generateLedger(sql, { events: calls, sessions: 1, days: 20, endMs });
  await generateMessages(sql, { messages, endMs });
  await joinSessions(sql);
  await copyShort(sql);
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  await sql.end();
  const db = openDatabase({ url: server.url, connectionsMax: 6, statementTimeoutMs: 600_000 });
  while ((await fillMessageBlocks(db, 1)) === filledBlocksMax);
  const times: Record<string, number[]> = { [longSession.id]: [], [short.id]: [] };
  for (let round = -3; round < Number(values.rounds); round++) {
    for (const [id, taken] of Object.entries(times)) {
      const startedMs = performance.now();
      const session = await readSession(db, { projectId: 1, id, nowMs: Date.now() });
      if (session.growth.length === 0) throw new Error('The session has no growth.');
      if (round >= 0) taken.push(performance.now() - startedMs);
    }
  }
  await db.close();
  printTable(
    ['session', 'p50 ms', 'p95 ms'],
    Object.entries(times).map(([id, taken]) => [
      id,
      quantile(taken, 0.5).toFixed(1),
      quantile(taken, 0.95).toFixed(1),
    ]),
  );
} finally {
  await server.close();
}

/** The ledger's one session becomes that of the messages; its context grows and falls as one that is compacted. */
async function joinSessions(sql: BenchSql): Promise<void> {
  await sql.unsafe(`update sessions s set calls = o.calls, errors = o.errors, input_tokens = o.input_tokens,
      cache_read_tokens = o.cache_read_tokens, cache_write_5m_tokens = o.cache_write_5m_tokens,
      output_tokens = o.output_tokens, tokens = o.tokens, cost_pico_usd = o.cost_pico_usd
    from sessions o where o.project_id = 1 and o.id = 1 and s.project_id = 1 and s.id = ${longSession.key}`);
  await sql.unsafe(`update usage_events e set session_id = ${longSession.key}, agent_id = 1, source = (n % 50 = 0)::int::int2 * 3,
      cache_read_tokens = 1000 + (n % 300) * 500, model_id = case when n % 50 = 0 then 2 else 1 end
    from (select id, row_number() over (order by ts) as n from usage_events where project_id = 1) o
    where e.project_id = 1 and e.id = o.id`);
  await sql.unsafe('delete from session_uses where project_id = 1');
  await sql.unsafe('delete from sessions where project_id = 1 and id = 1');
  await insertUses(sql, longSession.key);
}

async function insertUses(sql: BenchSql, key: number): Promise<void> {
  await sql.unsafe(`insert into session_uses (project_id, session_id, model_id, source, calls, tokens, cost_pico_usd)
    select project_id, session_id, model_id, source, count(*), sum(input_tokens + cache_read_tokens +
      cache_write_5m_tokens + cache_write_1h_tokens + output_tokens), sum(cost_pico_usd)
    from usage_events e where project_id = 1 and session_id = ${key} and not exists (
      select from pending_flushes p where p.project_id = 1 and p.flush_id = e.flush_id) group by 1, 2, 3, 4`);
}

async function copyShort(sql: BenchSql): Promise<void> {
  const every = 100;
  for (const [table, key, columns, picked] of [
    [
      'sessions',
      'id',
      { external_id: `'${short.id}'`, messages: `messages / ${every}`, last_seq: `messages / ${every} - 1` },
      'true',
    ],
    [
      'usage_events',
      'session_id',
      { id: `md5(id::text || 'short')::uuid`, external_id: 'null' },
      `abs(hashint8(extract(epoch from ts)::int8)) % ${every} = 0`,
    ],
    ['messages', 'session_id', { seq: `seq / ${every}` }, `seq % ${every} = 0`],
  ] as const) {
    const all = await sql.unsafe(`select column_name as name from information_schema.columns
      where table_name = '${table}' order by ordinal_position`);
    const values = all.map(({ name }) =>
      name === key
        ? String(short.key)
        : ((columns as Readonly<Record<string, string>>)[String(name)] ?? String(name)),
    );
    await sql.unsafe(`insert into ${table} (${all.map(({ name }) => String(name)).join(', ')})
      select ${values.join(', ')} from ${table} where project_id = 1 and ${key} = ${longSession.key} and ${picked}`);
  }
  await insertUses(sql, short.key);
}
