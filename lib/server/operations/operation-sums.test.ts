import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#db/connect.ts';
import type { Database } from '#db/database.ts';
import { classCalls } from '#db/queries/class-calls.ts';
import { listUptimes } from '#db/queries/list-uptimes.ts';
import { sumOperations } from '#db/queries/sum-operations.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import { operationKinds } from '#lib/operations/operation-event.ts';
import { reportRange } from '#lib/operations/report-range.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import { compactor } from '../jobs/compact.ts';
import { operationCompactor } from '../jobs/compact-operations.ts';
import { sweepStaleRows } from '../jobs/expire.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { classCallRows, sumOperationRows, uptimeRows } from '../testing/operation-rows.ts';

const endMs = Date.parse('2026-11-21T12:07:00Z');
const dayMs = 86_400_000;
let database: TestDatabase;
let snapshots: ReturnType<typeof connect>;

beforeAll(async () => {
  database = await createTestDatabase();
  snapshots = connect({ url: database.url, connectionsMax: 1 });
});
afterAll(async () => {
  await snapshots.end();
  await database.close();
});

/** A seeded generator (mulberry32): a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Some of everything, over 40 days and around the borders of slots, quarters and days; some ids come again. */
function randomBatch(random: (below: number) => number): readonly IngestEvent[] {
  const instant = () => {
    const near = random(3) > 0 ? random(2 * dayMs) : random(40 * dayMs);
    const tsMs = random(4) === 0 ? Math.floor((endMs - near) / 300_000) * 300_000 : endMs - near;
    return { tsMs, ts: new Date(tsMs).toISOString() };
  };
  const size = () => (random(3) === 0 ? null : random(1_000_000));
  const operation = (): IngestEvent => ({
    type: 'operation',
    id: `operation-${random(5_000)}`,
    ...instant(),
    agent: `agent ${random(4)}`,
    session: null,
    name: `name ${random(6)}`,
    kind: operationKinds[random(operationKinds.length)] ?? 'other',
    durationMs: random(2) === 0 ? random(20) : random(30_000),
    status: random(5) === 0 ? 'error' : 'ok',
    bytesBefore: size(),
    bytesAfter: size(),
    tokensBefore: size(),
    tokensAfter: size(),
    attributes:
      [null, '{"outcome":"limited"}', '{"fromCache":true}', '{"fromCache":"true","outcome":1}'][random(4)] ??
      null,
  });
  const heartbeat = (): IngestEvent => ({
    type: 'heartbeat',
    id: `beat-${random(5_000)}`,
    ...instant(),
    agent: `agent ${random(4)}`,
    gauges: random(2) === 0 ? null : `{"queueDepth":${random(100)}}`,
  });
  const call = (): IngestEvent => ({
    ...usageEvent({
      id: `call-${random(400)}`,
      inputTokens: random(6_000),
      cacheReadTokens: random(3) === 0 ? random(4_000) : 0,
      latencyMs: random(5) === 0 ? null : random(20_000),
      onConflict: 'max',
    }),
    ...instant(),
  });
  return Array.from({ length: 1 + random(60) }, () => [operation, heartbeat, call][random(3)]?.() ?? call());
}

function fillingStatements(): readonly string[] {
  const file = readdirSync('db/migrations').find((name) => name.endsWith('_operation-rollups.sql')) ?? '';
  return readFileSync(`db/migrations/${file}`, 'utf8')
    .split('--> statement-breakpoint')
    .filter((statement) => statement.includes('INSERT INTO'));
}

/** Reads by rollups and by rows in one snapshot. */
async function compare(days: number, nowMs: number) {
  const range = reportRange({ days, nowMs });
  const tiles = tileRange([range.fromMs, range.toMs]);
  return snapshots.begin('isolation level repeatable read read only', async (transaction) => {
    const db: Pick<Database, 'run'> = {
      run: async (text, params = []) =>
        [...(await transaction.unsafe(text, [...params] as never[]))] as never,
    };
    const snapshot = { ...database.db, ...db };
    const byName = (a: { kind: string; name: string }, b: { kind: string; name: string }) =>
      `${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1;
    return {
      folded: {
        sums: [...(await sumOperations(snapshot, { projectId: 1, tiles, limit: 500 }))].sort(byName),
        classes: await classCalls(snapshot, { projectId: 1, tiles }),
        uptimes: await listUptimes(snapshot, { projectId: 1, nowMs, limit: 50 }),
      },
      rows: {
        sums: [...(await sumOperationRows(snapshot, { projectId: 1, ...range }))].sort(byName),
        classes: await classCallRows(snapshot, { projectId: 1, ...range }),
        uptimes: await uptimeRows(snapshot, { projectId: 1, nowMs }),
      },
    };
  });
}

describe('what is folded and what is not', () => {
  test('adds up to the rows in any snapshot while replicas write, raise, fold and sweep', async () => {
    const random = randomFrom(20_261_121);
    let isWriting = true;
    const write = async (seed: number) => {
      const own = randomFrom(seed);
      const replica = openReplica(database.db);
      for (let batch = 0; batch < 60; batch++) await replica.send(randomBatch(own));
    };
    const fold = async (run: () => Promise<unknown>) => {
      while (isWriting) await run();
    };
    const sweep = () => sweepStaleRows(database.db, { projectId: 1, nowMs: endMs });
    let compared = 0;
    const read = async () => {
      while (isWriting) {
        const nowMs = endMs - random(2) * random(3 * dayMs);
        const { folded, rows } = await compare(1 + random(30), nowMs);
        expect(folded).toEqual(rows);
        compared++;
      }
    };
    const others = [
      fold(compactor(database.db)),
      fold(operationCompactor(database.db)),
      fold(operationCompactor(database.db)),
      fold(sweep),
      read(),
    ];
    await Promise.all([write(1), write(2), write(3)]).finally(() => {
      isWriting = false;
    });
    await Promise.all(others);
    expect(compared).toBeGreaterThan(5);
  }, 60_000);

  test('is nothing but rollups in the end, and the rows all the same', async () => {
    await compactor(database.db)();
    await operationCompactor(database.db)();
    const [pending] = await database.db.run('select count(*)::int as flushes from pending_operations');
    expect(pending).toEqual({ flushes: 0 });
    for (const days of [1, 7, 30]) {
      const { folded, rows } = await compare(days, endMs);
      expect(folded).toEqual(rows);
      expect(rows.sums.length).toBeGreaterThan(0);
    }
  });

  test('what was stored before the tables were there is filled in by the migration', async () => {
    await openReplica(database.db).send([
      usageEvent({ id: 'not folded', ts: new Date(endMs).toISOString() }),
    ]);
    await database.db.run('delete from operation_rollups');
    await database.db.run('delete from agent_days');
    await database.db.run('delete from call_class_rollups');
    expect((await compare(30, endMs)).folded).toMatchObject({ sums: [], uptimes: [] });
    for (const statement of fillingStatements()) await database.db.run(statement);
    for (const days of [1, 7, 30]) {
      const { folded, rows } = await compare(days, endMs);
      expect(folded).toEqual(rows);
    }
  });

  test('agent days go when their heartbeats went', async () => {
    const [oldest] = await database.db.run('select min(day)::text as day from agent_days');
    expect(Date.parse(String(oldest?.['day']))).toBeGreaterThanOrEqual(endMs - 36 * dayMs);
    await sweepStaleRows(database.db, { projectId: 1, nowMs: endMs + 100 * dayMs });
    const [left] = await database.db.run('select count(*)::int as days from agent_days');
    expect(left).toEqual({ days: 0 });
  });
});
