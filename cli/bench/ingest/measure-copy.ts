import { finished } from 'node:stream/promises';
import { connect } from '#db/connect.ts';
import type { BenchSql } from '../bench-sql.ts';
import { cpuMicros } from '../cpu-time.ts';
import { makeEvent } from '../make-event.ts';
import { quantile } from '../quantile.ts';
import { seededRandom } from '../seeded-random.ts';
import { toUsageRow } from '../to-usage-row.ts';
import { copyLine, copyStatement } from './copy-line.ts';
import type { LoadFigures } from './load-plan.ts';

const rowsPerCopy = 1_000;
/** Not the project that the server writes to, whose sums are checked at the end. */
const copyProjectId = 2;
const random = seededRandom(Date.now());

/**
 * The limit that ingest is measured against: durable transactions of one COPY of 1,000 rows that were
 * encoded before, into the ledger's own table. No check for duplicates, no sums, no HTTP.
 */
export async function measureCopy(options: {
  readonly databaseUrl: string;
  readonly postgresPid: number;
  readonly connections: number;
  readonly rows: number;
}): Promise<LoadFigures> {
  const bodies = makeBodies(options.rows);
  const connections = Array.from({ length: options.connections }, () =>
    connect({ url: options.databaseUrl, connectionsMax: 1 }),
  );
  await Promise.all(connections.map((sql) => sql.unsafe('select 1')));
  const times: number[] = [];
  const [postgresStart, ownStart, start] = [
    cpuMicros(options.postgresPid),
    process.cpuUsage(),
    performance.now(),
  ];
  let next = 0;
  await Promise.all(
    connections.map(async (sql) => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        const sent = performance.now();
        await copyOnce(sql, body);
        times.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const own = process.cpuUsage(ownStart);
  // Before they end: between a connection's end and the postmaster's note of it, its time is nowhere.
  const postgresMicros = cpuMicros(options.postgresPid) - postgresStart;
  await Promise.all(connections.map((sql) => sql.end()));
  const events = bodies.length * rowsPerCopy;
  return {
    eventsPerSecond: events / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    nodeMicrosPerEvent: (own.user + own.system) / events,
    postgresMicrosPerEvent: postgresMicros / events,
    loadMicrosPerEvent: 0,
    refusals: 0,
  };
}

function makeBodies(rows: number): readonly Buffer[] {
  const startMs = Date.now() - 60_000;
  return Array.from({ length: Math.ceil(rows / rowsPerCopy) }, (_, body) => {
    const lines = Array.from({ length: rowsPerCopy }, (_, line) => {
      const tsMs = startMs + Math.floor(((body * rowsPerCopy + line) * 60_000) / rows);
      return copyLine(
        { projectId: copyProjectId, flushId: startMs * 1_000 + body },
        toUsageRow(makeEvent({ random, tsMs, ids: 'uuid' })),
      );
    });
    return Buffer.from(lines.join(''));
  });
}

async function copyOnce(sql: BenchSql, body: Buffer): Promise<void> {
  const stream = await sql.unsafe(copyStatement).writable();
  stream.end(body);
  await finished(stream);
}
