import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '#db/connect.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { priceBody } from '#lib/http/contract/price-body.ts';
import { compactor } from '../jobs/compact.ts';
import { readUsage } from '../read-usage.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica, type Replica } from '../testing/ledger.ts';
import { ledgerFaults } from '../testing/ledger-faults.ts';
import { addPrice, removePrice } from './change-prices.ts';
import { readPrices } from './read-prices.ts';
import { type RepriceRequest, repriceUsage } from './reprice-usage.ts';

const exact = { cells: 0, scopes: 0, sessions: 0, uses: 0 };
const everything: RepriceRequest = {
  projectId: 1,
  dryRun: false,
  fromMs: null,
  toMs: null,
  models: null,
  onlyUnpriced: false,
  cursor: null,
  actor: 'test',
};
const nowMs = Date.parse('2026-11-20T12:00:00Z');
let base: TestDatabase;
let db: Database;
let replica: Replica;

beforeAll(async () => {
  base = await createTestDatabase();
  db = base.db;
});
afterAll(() => base.close());
beforeEach(async () => {
  await db.run(
    'truncate usage_events, pending_flushes, rollup_corrections, usage_rollups, sessions, session_uses, agents, models, price_versions, price_overrides, audit',
  );
  replica = openReplica(db);
});

/** Calls of an unknown model: 1,000 tokens in and 100 out each, so 1.2 milli-USD at 1 and 2 USD a million. */
function unknownCalls(count: number, prefix = 'call') {
  return Array.from({ length: count }, (_, index) =>
    usageEvent({
      id: `${prefix}-${index}`,
      provider: 'home',
      model: 'house-model',
      agent: `agent-${index % 3}`,
      session: `session-${index % 5}`,
      ts: new Date(nowMs - index * 61_000).toISOString(),
      reportedCostPicoUsd: index % 4 === 0 ? 5_000n : null,
    }),
  );
}

function addHousePrice(over: Readonly<Record<string, unknown>> = {}) {
  const body = {
    provider: 'home',
    model: 'house-*',
    inputUsdPerMillion: '1',
    outputUsdPerMillion: '2',
    ...over,
  };
  return addPrice(db, browserPrincipal(), priceBody.parse(body));
}

async function totalUsd(): Promise<string> {
  const query = { projectId: 1, fromMs: 1, toMs: nowMs * 2, timeZone: 'UTC' } as const;
  const [row] = await readUsage(db, { ...query, bucket: 'total', groupBy: [] });
  return row?.costUsd ?? '0';
}

test('a dry run says what would change and changes nothing', async () => {
  await replica.send(unknownCalls(40));
  await addHousePrice();
  const answer = await repriceUsage(db, { ...everything, dryRun: true });
  expect(answer).toEqual({
    dryRun: true,
    calls: 40,
    changed: 40,
    beforeUsd: '0',
    afterUsd: '0.048',
    unpricedTokensBefore: 44_000,
    unpricedTokensAfter: 0,
    models: [
      {
        provider: 'home',
        model: 'house-model',
        calls: 40,
        beforeUsd: '0',
        afterUsd: '0.048',
        unpricedTokensBefore: 44_000,
        unpricedTokensAfter: 0,
      },
    ],
    next: null,
  });
  expect(await totalUsd()).toBe('0');
  expect(await db.run(`select action from audit where action like '%repric%'`)).toEqual([]);
});

test('re-pricing changes the ledger and all sums, folded or not, and is in the audit', async () => {
  await replica.send(unknownCalls(30));
  await compactor(db)();
  await replica.send(unknownCalls(30, 'later'));
  await addHousePrice();
  const preview = await repriceUsage(db, { ...everything, dryRun: true });
  const answer = await repriceUsage(db, everything, { pageRows: 7 });
  expect(answer).toEqual({ ...preview, dryRun: false });
  expect(await totalUsd()).toBe('0.072');
  expect(await ledgerFaults(db)).toEqual(exact);
  await compactor(db)();
  expect(await totalUsd()).toBe('0.072');
  expect(await ledgerFaults(db)).toEqual(exact);
  const audit = await db.run(`select action, details from audit where action like '%repric%' order by ts`);
  expect(audit).toMatchObject([
    { action: 'reprice_begun' },
    { action: 'repriced', details: { changed: 60, beforeUsd: '0', afterUsd: '0.072' } },
  ]);
});

test('a second run finds nothing to change', async () => {
  await replica.send(unknownCalls(20));
  await addHousePrice();
  await repriceUsage(db, everything);
  expect(await repriceUsage(db, everything)).toMatchObject({ changed: 0, models: [], beforeUsd: '0.024' });
});

test('each call gets the rates of its own time, and those of none are unpriced again', async () => {
  const [first, second, third] = ['2026-11-01', '2026-11-02', '2026-11-03'].map((day) => `${day}T00:00:00Z`);
  await replica.send(
    [first, second, third].map((ts, index) =>
      usageEvent({ id: `at-${index}`, provider: 'home', model: 'house-model', ts: ts ?? '' }),
    ),
  );
  await addHousePrice({ validFrom: second, validTo: third });
  expect(await repriceUsage(db, everything)).toMatchObject({ changed: 1, afterUsd: '0.0012' });
  const { overrides } = await readPrices(db, { projectId: 1, nowMs });
  await removePrice(db, browserPrincipal(), overrides[0]?.id ?? '');
  expect(await repriceUsage(db, everything)).toMatchObject({
    changed: 1,
    beforeUsd: '0.0012',
    afterUsd: '0',
    unpricedTokensAfter: 3_300,
  });
  expect(await ledgerFaults(db)).toEqual(exact);
});

test('only the chosen models, range and unpriced calls are looked at', async () => {
  await replica.send([...unknownCalls(10), usageEvent({ id: 'known' })]);
  await addHousePrice({ provider: '*', model: '*' });
  const dryRun = { ...everything, dryRun: true };
  expect(await repriceUsage(db, { ...dryRun, onlyUnpriced: true })).toMatchObject({ calls: 10 });
  const models = [{ provider: 'anthropic', model: 'claude-sonnet-4-5' }];
  expect(await repriceUsage(db, { ...dryRun, models })).toMatchObject({ calls: 1, changed: 1 });
  expect(await repriceUsage(db, { ...dryRun, models: [{ provider: 'no', model: 'such' }] })).toMatchObject({
    calls: 0,
  });
  expect(await repriceUsage(db, { ...dryRun, fromMs: nowMs - 61_000, toMs: nowMs })).toMatchObject({
    calls: 1,
  });
});

test('a request that runs out of time hands over a cursor, and the pieces are the whole', async () => {
  await replica.send(unknownCalls(25));
  await addHousePrice();
  let calls = 0;
  let requests = 0;
  let cursor: string | null = null;
  do {
    const answer: Awaited<ReturnType<typeof repriceUsage>> = await repriceUsage(
      db,
      { ...everything, cursor },
      { pageRows: 10, requestMs: 0 },
    );
    calls += answer.changed;
    requests += 1;
    cursor = answer.next;
  } while (cursor !== null);
  expect([calls, requests]).toEqual([25, 3]);
  expect(await totalUsd()).toBe('0.03');
});

test('pages follow each other within a second and within an instant', async () => {
  const times = ['00Z', '00.5Z', '00.25Z', '00.250001Z', '00Z', '00.5Z', '01Z', '00.999999Z'];
  await replica.send(
    times.map((second, index) =>
      usageEvent({
        id: `t-${index}`,
        model: 'house-model',
        provider: 'home',
        ts: `2026-11-20T10:00:${second}`,
      }),
    ),
  );
  await addHousePrice();
  expect(await repriceUsage(db, everything, { pageRows: 1 })).toMatchObject({
    calls: 8,
    changed: 8,
    next: null,
  });
});

test('a cursor that is not ours is refused', async () => {
  await expect(repriceUsage(db, { ...everything, cursor: 'bm8' })).rejects.toMatchObject({
    code: 'bad_request',
  });
});

test('while events come in, are raised and are folded, the sums are exact at every instant', async () => {
  await replica.send(unknownCalls(300));
  await addHousePrice();
  const compact = compactor(db);
  let isOver = false;
  let checks = 0;
  const check = async () => {
    while (!isOver) {
      expect(await ledgerFaults(db)).toEqual(exact);
      checks += 1;
    }
  };
  const write = async () => {
    for (let round = 0; round < 12; round++) {
      await replica.send(unknownCalls(20, `round-${round}`));
      const raised = unknownCalls(20).map((event) => ({
        ...event,
        outputTokens: 200 + round,
        onConflict: 'max' as const,
      }));
      await replica.send(raised);
      await compact();
    }
  };
  const reprice = async () => {
    for (let run = 0; run < 4; run++) await repriceUsage(db, everything, { pageRows: 25 });
  };
  const checking = check();
  await Promise.all([write(), reprice()]).finally(() => {
    isOver = true;
  });
  await checking;
  expect(checks).toBeGreaterThan(3);
  await repriceUsage(db, everything);
  await compact();
  expect(await ledgerFaults(db)).toEqual(exact);
  // 540 calls at 0.0012 USD, of which 20 were raised to 211 tokens out.
  expect(await totalUsd()).toBe('0.65244');
});

test('a later request takes over from one that has read older rates', async () => {
  await replica.send(unknownCalls(40));
  const { id } = await addHousePrice();
  let later: Promise<unknown> | undefined;
  const watched: Database = {
    ...db,
    run: async (text, params, options) => {
      if (later === undefined && /update usage_events/.test(text)) {
        await removePrice(db, browserPrincipal(), id);
        await addHousePrice({ inputUsdPerMillion: '10', outputUsdPerMillion: '20' });
        later = repriceUsage(db, everything);
        await later;
      }
      return db.run(text, params, options);
    },
  };
  await expect(repriceUsage(watched, everything)).rejects.toMatchObject({ code: 'conflict' });
  expect(await later).toMatchObject({ changed: 40 });
  expect(await totalUsd()).toBe('0.48');
  expect(await repriceUsage(db, everything)).toMatchObject({ changed: 0 });
});

test('who takes over waits for what is written in this moment', async () => {
  await replica.send(unknownCalls(40));
  await addHousePrice();
  await compactor(db)();
  const sql = connect({ url: base.url, connectionsMax: 1 });
  try {
    // Holds a call, so that the page of the first request waits in the middle.
    await sql.unsafe('begin');
    await sql.unsafe('select from usage_events for update limit 1');
    const first = repriceUsage(db, everything);
    const waitingFor = (count: number) =>
      vi.waitFor(async () => {
        const rows = await db.run(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        expect(rows).toHaveLength(count);
      });
    await waitingFor(1);
    const second = repriceUsage(db, everything);
    await waitingFor(2);
    await sql.unsafe('commit');
    expect([(await first).changed, (await second).changed]).toEqual([40, 0]);
  } finally {
    await sql.end();
  }
});

test('killed in the middle, the sums are exact, and the next run does the rest', async () => {
  await replica.send(unknownCalls(400));
  await compactor(db)();
  await addHousePrice();
  const other = openDatabase({ url: base.url, connectionsMax: 1 });
  const run = repriceUsage(other, everything, { pageRows: 10 }).then(
    () => 'done',
    () => 'killed',
  );
  await killAfterSomeChanges();
  expect(await run).toBe('killed');
  await other.close();
  expect(await ledgerFaults(db)).toEqual(exact);
  const rest = await repriceUsage(db, { ...everything, dryRun: true });
  expect(rest.changed).toBeGreaterThan(0);
  expect(rest.changed).toBeLessThan(400);
  await repriceUsage(db, everything);
  expect(await totalUsd()).toBe('0.48');
  expect(await ledgerFaults(db)).toEqual(exact);
});

async function killAfterSomeChanges(): Promise<void> {
  for (;;) {
    const [row] = await db.run<{ changed: number }>(
      'select count(*)::int as changed from usage_events where project_id = 1 and price_status = 0',
    );
    if ((row?.changed ?? 0) > 0) break;
  }
  await db.run(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and (query like '%new_cost%' or query like '%as at_ms%')`,
  );
}

test('what calls named has its rates in force, their origin, and comes unpriced first', async () => {
  await replica.send([...unknownCalls(2), usageEvent({ id: 'known' })]);
  const before = await readPrices(db, { projectId: 1, nowMs });
  expect(before.models.map(({ model, rates }) => [model, rates?.origin ?? null])).toEqual([
    ['house-model', null],
    ['claude-sonnet-4-5', 'genai-prices'],
  ]);
  expect(before.models[0]).toMatchObject({ calls: 2, unpricedTokens: 2_200 });
  expect(before.models[1]?.rates).toMatchObject({ inputUsdPerMillion: '3', outputUsdPerMillion: '15' });
  const added = await addHousePrice({ validFrom: '2026-11-01T00:00:00Z' });
  const after = await readPrices(db, { projectId: 1, nowMs });
  expect(after.overrides).toEqual([added]);
  expect(after.models[0]?.rates).toMatchObject({
    origin: 'override',
    since: '2026-11-01T00:00:00.000Z',
    cacheReadUsdPerMillion: '1',
  });
});
