import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { readOperations } from '#lib/server/operations/read-operations.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import type { BenchSql } from './bench-sql.ts';
import { describeMachine } from './describe-machine.ts';
import { printTable } from './print-table.ts';
import { quantile } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';

/**
 * How long the operations page reads with a million operations, 860,000 heartbeats and a million calls over
 * 30 days, straight from the rows. `--scale 0.1` is quick.
 */
const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, rounds: { type: 'string', default: '20' } },
});
const scale = Number(values.scale);
const operations = Math.round(1_000_000 * scale);
const agents = 10;
const endMs = Date.now();

const server = await openBenchPostgres();
try {
  await migrateDatabase(server.url);
  const sql = connect({ url: server.url, connectionsMax: 1, statementTimeoutMs: 600_000 });
  await generateLedger(sql, { events: operations, sessions: 1_000, days: 30, endMs });
  await generateOperations(sql);
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  await sql.end();
  const db = openDatabase({ url: server.url, connectionsMax: 6 });
  const rows = [];
  for (const days of [1, 7, 30]) {
    const times: number[] = [];
    for (let round = -3; round < Number(values.rounds); round++) {
      const startedMs = performance.now();
      const report = await readOperations(db, { projectId: 1, days, nowMs: endMs, overrides: [] });
      if (report.tools.length === 0 || report.agents.length === 0) throw new Error('The report is empty.');
      if (round >= 0) times.push(performance.now() - startedMs);
    }
    rows.push([`${days} days`, quantile(times, 0.5).toFixed(0), quantile(times, 0.95).toFixed(0)]);
  }
  await db.close();
  printTable([`${operations} operations in 30 days`, 'p50 ms', 'p95 ms'], rows);
} finally {
  await server.close();
}

/** Spread evenly over 30 days; a heartbeat each 30 s of each agent. */
async function generateOperations(sql: BenchSql): Promise<void> {
  const end = `to_timestamp(${endMs / 1_000})`;
  await sql.unsafe(`insert into operations (project_id, id, ts, agent_id, session_id, duration_ms, kind, status, name,
      bytes_before, bytes_after, tokens_before, tokens_after, attributes)
    select 1, gen_random_uuid(), ${end} - n * interval '1 second' * ${(30 * 86_400) / operations}, a.id, null,
      (exp(random() * 9))::int, case when n % 10 < 7 then 0 when n % 10 < 9 then 1 else 4 end, (random() < 0.03)::int,
      'name ' || n % 40, case when n % 10 between 7 and 8 then 40000 end, case when n % 10 between 7 and 8 then 900 end,
      case when n % 10 between 7 and 8 then 10000 end, case when n % 10 between 7 and 8 then 225 end,
      '{"outcome": "ok", "fromCache": false}'::jsonb
    from generate_series(1, ${operations}) n
    join (select id, row_number() over (order by id) - 1 as place from agents where project_id = 1 order by id limit ${agents}) a
      on a.place = n % ${agents}`);
  await sql.unsafe(`insert into heartbeats (project_id, id, ts, agent_id, gauges)
    select 1, gen_random_uuid(), ${end} - n * interval '30 seconds', a.id, '{"queueDepth": 1, "heapBytes": 50000000}'::jsonb
    from generate_series(1, ${Math.round(30 * 2_880 * scale)}) n,
      (select id from agents where project_id = 1 order by id limit ${agents}) a`);
  await sql.unsafe('vacuum analyze operations');
  await sql.unsafe('vacuum analyze heartbeats');
  await sql.unsafe('checkpoint');
}
