import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import type { BenchSql } from './bench-sql.ts';
import { describeMachine } from './describe-machine.ts';
import { designs } from './identity/designs.ts';
import { fillRows } from './identity/fill-rows.ts';
import { measureDedupe } from './identity/measure-dedupe.ts';
import { measureRetention, measureSize } from './identity/measure-retention.ts';
import { measureWindows } from './identity/measure-windows.ts';
import type { EventIds } from './make-event.ts';
import { printTable } from './print-table.ts';

/**
 * What keeps (project, id) unique whatever the time: one plain table, or months beside a table of keys.
 * `--scale 0.01` runs in a minute; docs/decisions/0002-event-identity.md holds the figures of a whole run.
 */
const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    windows: { type: 'string', default: '6' },
    batches: { type: 'string', default: '40' },
    /** `text` (hashed, the bad case) or `uuid` (version 7, the common case); both unless told. */
    ids: { type: 'string', default: 'both' },
  },
});
const sizes = [0, 1_000_000, 5_000_000, 10_000_000].map((rows) => Math.round(rows * Number(values.scale)));
const fillStep = 250_000;

const server = await openBenchPostgres();
const sql = connect({ url: server.url, connectionsMax: designs.length, statementTimeoutMs: 3_600_000 });
try {
  await migrateDatabase(server.url);
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  for (const ids of ['text', 'uuid'] as const) {
    if (values.ids === 'both' || values.ids === ids) await measureIds(ids);
  }
} finally {
  await sql.end();
  await server.close();
}

async function measureIds(ids: EventIds): Promise<void> {
  process.stdout.write(ids === 'text' ? 'Hashed ids (random keys)\n\n' : 'UUID v7 ids (in time order)\n\n');
  for (const design of designs) for (const statement of design.create) await sql.unsafe(statement);
  const single = connect({ url: server.url, connectionsMax: 1, statementTimeoutMs: 3_600_000 });
  const rows: (string | number)[][] = [];
  let position = 0;
  for (const size of sizes) {
    await fill(ids, position, size);
    const measured = await measureWindows({
      sql: single,
      postgresPid: server.pid,
      designs,
      ids,
      position: Math.max(position, size),
      windows: Number(values.windows),
      batchesPerWindow: Number(values.batches),
    });
    position = measured.position;
    for (const { name } of designs) {
      const figures = measured.figures.get(name);
      if (figures === undefined) continue;
      rows.push([
        size.toLocaleString('en'),
        name,
        Math.round(figures.rowsPerSecond).toLocaleString('en'),
        figures.cpuMicrosPerRow.toFixed(1),
        Math.round(figures.walBytesPerRow),
      ]);
    }
  }
  printTable(['rows before', 'design', 'rows/s', 'Postgres CPU µs/row', 'WAL B/row'], rows);
  await printRest(single, position);
  await single.end();
  for (const { tables } of designs) await sql.unsafe(`drop table ${tables.join(', ')}`);
}

/** All designs at once, as this is not measured; then a checkpoint, after which pages are logged whole again. */
async function fill(ids: EventIds, from: number, to: number): Promise<void> {
  await Promise.all(
    designs.map(async (design) => {
      for (let start = from; start < to; start += fillStep) {
        await sql.unsafe(design.fill(fillRows({ ids, from: start, to: Math.min(to, start + fillStep) })));
      }
      for (const table of design.tables) await sql.unsafe(`vacuum analyze ${table}`);
    }),
  );
  await sql.unsafe('checkpoint');
}

async function printRest(single: BenchSql, position: number): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const design of designs) {
    const dedupeMs = await measureDedupe(single, design);
    const bytes = await measureSize(single, design);
    const seconds = await measureRetention(single, design);
    rows.push([
      design.name,
      dedupeMs.toFixed(1),
      Math.round(bytes / position),
      seconds.map((value) => value.toFixed(2)).join(' + '),
    ]);
  }
  printTable(['design', 're-sending 1,000 known ids, ms', 'disk B/row', 'dropping a month, s'], rows);
}
