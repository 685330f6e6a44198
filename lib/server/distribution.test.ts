import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { listPriceOverrides } from '#db/queries/list-price-overrides.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { createTwinDatabase, twinStatements } from '#db/testing/twin-database.ts';
import { priceBody } from '#lib/http/contract/price-body.ts';
import { compactor } from './jobs/compact.ts';
import { operationCompactor } from './jobs/compact-operations.ts';
import { expireOldMessages, sweepStaleRows } from './jobs/expire.ts';
import { purgeCleared } from './jobs/purge.ts';
import { runSlot } from './jobs/run-slot.ts';
import { readOperations } from './operations/read-operations.ts';
import { addPrice, changePrice, removePrice } from './pricing/change-prices.ts';
import { readPrices } from './pricing/read-prices.ts';
import { repriceUsage } from './pricing/reprice-usage.ts';
import { readProjection } from './projection/read-projection.ts';
import { readOverview } from './read-overview.ts';
import { clearHistory } from './sessions/clear-history.ts';
import { clearSessions } from './sessions/clear-sessions.ts';
import { exportSession } from './sessions/export-session.ts';
import { readMessage, readMessages } from './sessions/read-messages.ts';
import { readOutline, readTurn } from './sessions/read-outline.ts';
import { readSession } from './sessions/read-session.ts';
import { readSessions } from './sessions/read-sessions.ts';
import { restoreHistory } from './sessions/restore-history.ts';
import { searchSession } from './sessions/search-session.ts';
import { browserPrincipal } from './testing/browser-principal.ts';
import { exerciseBudgets } from './testing/budgets.ts';
import { draftEvent, messageEvent, usageEvent } from './testing/events.ts';
import { compareSums, openReplica } from './testing/ledger.ts';

let plain: TestDatabase;
let twin: TestDatabase;

beforeAll(async () => {
  plain = await createTestDatabase();
  twin = await createTwinDatabase(process.env['PLIMSOLL_TEST_DATABASE_URL'] ?? '');
});
afterAll(() => Promise.all([plain.close(), twin.close()]));

const bySource = {
  sort: 'cost',
  agent: null,
  query: null,
  source: 'direct',
  model: 'claude-sonnet-4-5',
  limit: 5,
  cursor: null,
} as const;

/** Every write and read of the product once, for several projects; what they answer. */
async function exercise(db: Database): Promise<unknown> {
  const answers: unknown[] = [];
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  for (const projectId of [1, 2, 3, 4, 5]) {
    const replica = openReplica(db, projectId);
    const events = [
      usageEvent({ id: 'a' }),
      usageEvent({ id: 'b', session: null, agent: 'other' }),
      messageEvent({ id: 'm', content: 'x'.repeat(5_000) }),
      messageEvent({ id: 'n', kind: 'summary', ts: '2026-09-01T00:00:00Z' }),
      {
        type: 'heartbeat' as const,
        id: 'h',
        ts: '2026-11-20T10:00:00Z',
        tsMs: 0,
        agent: 'coder',
        gauges: null,
      },
      {
        type: 'operation' as const,
        id: 'o',
        ts: '2026-11-20T10:00:00Z',
        tsMs: 0,
        agent: 'coder',
        session: 'session-1',
        name: 'read',
        kind: 'tool' as const,
        durationMs: 5,
        status: 'ok' as const,
        bytesBefore: 10,
        bytesAfter: null,
        tokensBefore: null,
        tokensAfter: null,
        attributes: null,
      },
    ];
    for (let round = 0; round < 2; round++) {
      const { results } = await replica.send(events);
      answers.push(results.map(({ status }) => status));
    }
    answers.push(await replica.send([usageEvent({ id: 'a', outputTokens: 999, onConflict: 'max' })]));
    for (const fold of [false, true]) {
      if (fold) answers.push(await compactor(db)(), await operationCompactor(db)());
      answers.push(
        await compareSums(db, projectId),
        await readOverview(db, {
          projectId,
          timeZone: 'Europe/Berlin',
          range: '7d',
          by: 'agent',
          bucket: null,
          nowMs,
        }),
        await readOperations(db, { projectId, days: 1, nowMs, overrides: [] }),
        await readSession(db, { projectId, id: 'session-1', nowMs: 0 }),
        await readSessions(db, { ...bySource, projectId }),
        await readSessions(db, { ...bySource, projectId, query: 'SESSION-', agent: 'coder' }),
        await readMessages(db, { projectId, id: 'session-1', from: 0, limit: 10 }),
        await readMessage(db, { projectId, id: 'session-1', seq: 0 }),
      );
    }
    const { signal } = new AbortController();
    answers.push(
      await expireOldMessages(db, { projectId, retentionDays: 30, nowMs, signal }),
      await runSlot(db, {
        name: 'sweep',
        projectId,
        everyMs: 1_000,
        nowMs,
        work: () => sweepStaleRows(db, { projectId, nowMs: nowMs + 40 * 86_400_000 }),
      }),
      await runSlot(db, { name: 'sweep', projectId, everyMs: 1_000, nowMs, work: async () => ({}) }),
      await listPriceOverrides(db, projectId),
      ...(await exerciseClear(db, projectId)),
      await exerciseBudgets(db, projectId),
      ...(await exercisePrices(db, projectId)),
    );
  }
  return answers;
}

/** Clearing, undo, purge, search and outline; ids and times of receipts differ and are left out. */
async function exerciseClear(db: Database, projectId: number): Promise<readonly unknown[]> {
  const by = browserPrincipal(projectId);
  const id = `cleared-${randomUUID()}`;
  const replica = openReplica(db, projectId);
  await replica.send([
    messageEvent({ id: 'm', session: id, content: 'x'.repeat(5_000) }),
    messageEvent({ id: 'n', session: id, kind: 'summary', role: 'assistant' }),
  ]);
  const draft = draftEvent({ id: 'd', session: id, ts: '2026-11-20T10:00:05Z' });
  const sendDraft = async () => (await replica.send([draft])).results.map(({ status }) => status);
  const { signal } = new AbortController();
  const announce = () => {};
  const clear = async (undoMinutes: number) => {
    const receipt = await clearHistory(db, { by, id, scope: { kind: 'all' }, dryRun: false, undoMinutes });
    return [receipt.messages, receipt.bytes, receipt.clearedThroughSeq];
  };
  const exported = await exportSession(db, { projectId, id, format: 'jsonl', from: 0, to: null });
  return [
    await new Response(exported).text(),
    await readOutline(db, { projectId, id }),
    await readTurn(db, { projectId, id, seq: 0, direction: 'next' }),
    await searchSession(db, { projectId, id, words: 'xx', before: null, limit: 5, nowMs: () => 0, signal }),
    await sendDraft(),
    await readMessages(db, { projectId, id, from: 0, limit: 10 }),
    await clear(10),
    await sendDraft(),
    await restoreHistory(db, { by, id, announce }),
    (await clearSessions(db, { by, body: { q: id, dryRun: true }, announce })).messages,
    await clear(0),
    await purgeCleared(db, { projectId, signal }),
    await readMessages(db, { projectId, id, from: 0, limit: 10 }),
  ];
}

/** A price of the project's own, what it changes, and a projection; ids and times differ and are left out. */
async function exercisePrices(db: Database, projectId: number): Promise<readonly unknown[]> {
  const by = browserPrincipal(projectId);
  const rates = { inputUsdPerMillion: '1', outputUsdPerMillion: '2' };
  const {
    id,
    createdAt: _,
    ...added
  } = await addPrice(db, by, priceBody.parse({ model: 'claude-*', ...rates }));
  const {
    id: __,
    createdAt: ___,
    ...changed
  } = await changePrice(db, by, {
    id,
    patch: { outputUsdPerMillion: '3' },
  });
  const all = { projectId, fromMs: null, toMs: null, models: null, onlyUnpriced: false, cursor: null };
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  const window = { fromMs: Date.parse('2026-11-01T00:00:00Z'), toMs: Date.parse('2026-12-01T00:00:00Z') };
  const answers = [
    added,
    changed,
    await repriceUsage(db, { ...all, dryRun: false, actor: 'test' }, { pageRows: 1 }),
    await compactor(db)(),
    await compareSums(db, projectId),
    await readProjection(db, { projectId, window, timeZone: 'UTC', nowMs, limit: null }),
  ];
  await removePrice(db, by, id);
  return [...answers, await readPrices(db, { projectId, nowMs })];
}

test('on hash-partitioned tables everything works and answers the same', async () => {
  expect(await exercise(twin.db)).toEqual(await exercise(plain.db));
}, 60_000);

test('the twin refuses a key that does not lead with the project', async () => {
  const bad = 'alter table agents add constraint agents_only_name unique (name)';
  await expect(twin.db.run(bad)).rejects.toThrow(/must include all partitioning columns/);
});

test('every table but the list of projects is partitioned in the twin', () => {
  const created = twinStatements().filter((statement) => /^\s*CREATE TABLE "\w+" \(/.test(statement));
  const whole = created.filter((statement) => !/PARTITION BY HASH \(project_id\)$/.test(statement));
  expect(created.length).toBeGreaterThan(15);
  expect(whole.map((statement) => /"(\w+)"/.exec(statement)?.[1])).toEqual(['projects']);
});

describe('the catalogue', () => {
  test('every key leads with the project, and nothing needs a sequence, a trigger or an exclusion', async () => {
    const keys = await plain.db.run(`
      select c.relname as table, i.indexrelid::regclass::text as index,
        (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      where i.indisunique and c.relname <> 'projects'`);
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter(({ first }) => first !== 'project_id')).toEqual([]);
    const [count] = await plain.db.run(`select
      (select count(*) from pg_trigger where not tgisinternal)::int as triggers,
      (select count(*) from pg_sequences where schemaname = 'public')::int as sequences,
      (select count(*) from pg_constraint where contype = 'x' and connamespace = 'public'::regnamespace)::int as exclusions`);
    expect(count).toEqual({ triggers: 0, sequences: 0, exclusions: 0 });
  });

  test.each([
    [
      'negative tokens',
      'insert into usage_events (project_id, flush_id, id, ts, cost_pico_usd, agent_id, model_id, source, status, price_status, input_tokens) values (1, 1, gen_random_uuid(), now(), 0, 1, 1, 0, 0, 0, -1)',
    ],
    [
      'a negative cost',
      'insert into usage_events (project_id, flush_id, id, ts, cost_pico_usd, agent_id, model_id, source, status, price_status) values (1, 1, gen_random_uuid(), now(), -1, 1, 1, 0, 0, 0)',
    ],
    [
      'more reasoning than output',
      'insert into usage_events (project_id, flush_id, id, ts, cost_pico_usd, agent_id, model_id, source, status, price_status, output_tokens, reasoning_tokens) values (1, 1, gen_random_uuid(), now(), 0, 1, 1, 0, 0, 0, 1, 2)',
    ],
    [
      'a time without end',
      "insert into usage_events (project_id, flush_id, id, ts, cost_pico_usd, agent_id, model_id, source, status, price_status) values (1, 1, gen_random_uuid(), 'infinity', 0, 1, 1, 0, 0, 0)",
    ],
    [
      'a sum that is not a number',
      "insert into usage_rollups (project_id, scope, grain, bucket, agent_id, model_id, source, input_tokens) values (1, 0, 15, now(), 0, 0, 0, 'NaN')",
    ],
    [
      'more cleared than written',
      "insert into sessions (project_id, id, external_id, agent_id, first_activity, last_activity, cleared_through_seq) values (1, 1, 'x', 1, now(), now(), 5)",
    ],
  ])('refuses %s', async (_, statement) => {
    await expect(plain.db.run(statement)).rejects.toThrow(/check constraint/);
  });
});

test('every statement that changes or locks rows names the project', async () => {
  const statements: string[] = [];
  const recording: Database = {
    ...plain.db,
    run: (text, params, options) => {
      statements.push(text);
      return plain.db.run(text, params, options);
    },
  };
  await exercise(recording);
  const pieces = statements.flatMap((text) => text.split(/(?=\b(?:update|delete from)\b)/i));
  const changing = pieces.filter(
    (piece) => /^(update (?!set|of |skip)|delete from)/i.test(piece) && !/^update set/i.test(piece),
  );
  expect(changing.length).toBeGreaterThan(10);
  expect(changing.filter((piece) => !/project_id = /.test(piece))).toEqual([]);
  const locking = statements.filter((text) => /for update/i.test(text));
  expect(locking.length).toBeGreaterThan(0);
  expect(locking.filter((text) => !/project_id = \$1/.test(text))).toEqual([]);
});

test('functions in the database name the project wherever they read, change or lock', () => {
  const functions = twinStatements().filter((statement) => /create function/i.test(statement));
  expect(functions.length).toBeGreaterThan(0);
  const tables = /\b(?:from|update|join) ([a-z_]+) ([a-z])\b/g;
  for (const text of functions) {
    const named = [...text.matchAll(tables)].filter(([, table = '']) => isTable(table));
    expect(named.length).toBeGreaterThan(10);
    for (const [, , alias] of named) expect(text).toContain(`${alias}.project_id = in_project`);
  }
});

function isTable(name: string): boolean {
  return twinStatements().some((statement) => statement.includes(`CREATE TABLE "${name}"`));
}
