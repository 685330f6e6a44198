import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { addCallClasses, callClassColumns } from '#db/queries/call-class-columns.ts';
import { insertHeartbeats } from '#db/queries/insert-heartbeats.ts';
import { insertOperations, type OperationRow } from '#db/queries/insert-operations.ts';
import { operationCompactor } from '#lib/server/jobs/compact-operations.ts';
import { readOperations } from '#lib/server/operations/read-operations.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { describeMachine } from './describe-machine.ts';
import { printTable } from './print-table.ts';
import { quantile } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';

/**
 * How long the operations page reads with a million operations, 860,000 heartbeats and a million calls over
 * 30 days: from rollups, and what is not folded yet. `--scale 0.1` is quick.
 */
const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, rounds: { type: 'string', default: '20' } },
});
const scale = Number(values.scale);
const operations = Math.round(1_000_000 * scale);
const agents = 10;
const flushRows = 1_000;
const endMs = Date.now();

const server = await openBenchPostgres();
try {
  await migrateDatabase(server.url);
  const sql = connect({ url: server.url, connectionsMax: 1, statementTimeoutMs: 600_000 });
  await generateLedger(sql, { events: operations, sessions: 1_000, days: 30, endMs });
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  const db = openDatabase({ url: server.url, connectionsMax: 6, statementTimeoutMs: 600_000 });
  await classEvents(db);
  const storedOperationsMs = await timed(() => storeOperations(db));
  const storedHeartbeatsMs = await timed(() => storeHeartbeats(db));
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
  await sql.end();
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
  process.stdout.write(
    `Stored and folded ${operations} operations in ${(storedOperationsMs / 1_000).toFixed(1)} s, ` +
      `stored ${agents * Math.round(30 * 2_880 * scale)} heartbeats in ${(storedHeartbeatsMs / 1_000).toFixed(1)} s.\n\n`,
  );
  printTable([`${operations} operations in 30 days`, 'p50 ms', 'p95 ms'], rows);
} finally {
  await server.close();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

/** Spread evenly over 30 days, in flushes as ingest makes them, and folded but for the last. */
async function storeOperations(db: Database): Promise<void> {
  let flushId = 0;
  const everyMs = (30 * 86_400_000) / operations;
  for (let from = 0; from < operations; from += flushRows) {
    const rows = Array.from({ length: Math.min(flushRows, operations - from) }, (_, index) =>
      makeOperation(from + index, endMs - 30 * 86_400_000 + (from + index) * everyMs),
    );
    const isLast = from + flushRows >= operations;
    if (isLast) await operationCompactor(db)();
    await insertOperations(db, { projectId: 1, nextFlushId: () => ++flushId, rows });
  }
}

function makeOperation(n: number, tsMs: number): OperationRow {
  const isPrune = n % 10 === 7 || n % 10 === 8;
  return {
    key: randomUUID(),
    externalId: null,
    ts: new Date(tsMs).toISOString(),
    sessionId: null,
    agentId: 1 + (n % agents),
    name: `name ${n % 40}`,
    kind: n % 10 < 7 ? 'tool' : isPrune ? 'prune' : 'semaphore',
    status: Math.random() < 0.03 ? 'error' : 'ok',
    durationMs: Math.round(Math.exp(Math.random() * 9)),
    bytesBefore: isPrune ? 40_000 : null,
    bytesAfter: isPrune ? 900 : null,
    tokensBefore: isPrune ? 10_000 : null,
    tokensAfter: isPrune ? 225 : null,
    attributes: '{"outcome":"ok","fromCache":false}',
  };
}

/** One each 30 s of each agent. */
async function storeHeartbeats(db: Database): Promise<void> {
  const beats = Math.round(30 * 2_880 * scale);
  const perFlush = flushRows / agents;
  for (let from = 0; from < beats; from += perFlush) {
    const rows = Array.from({ length: Math.min(perFlush, beats - from) * agents }, (_, index) => ({
      key: randomUUID(),
      externalId: null,
      ts: new Date(endMs - (beats - from - Math.floor(index / agents)) * 30_000).toISOString(),
      agentId: 1 + (index % agents),
      gauges: '{"queueDepth":1,"heapBytes":50000000}',
    }));
    await insertHeartbeats(db, { projectId: 1, rows });
  }
}

/** As the fold of usage does, for the events that `generateLedger` made. */
async function classEvents(db: Database): Promise<void> {
  await db.run(
    `with class_cells as (
      select bucket, class, sum(calls) as calls, sum(late) as late, sum(latency_lanes) as latency_lanes
      from (select ${callClassColumns('e')} from usage_events e where e.project_id = $1::int and e.latency_ms is not null
        and not exists (select from pending_flushes p where p.project_id = $1::int and p.flush_id = e.flush_id)) c
      group by bucket, class) ${addCallClasses('class_cells')}`,
    [1],
    { deadlineMs: 600_000 },
  );
}
