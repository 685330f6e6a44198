import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/connect.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { expireHolds } from '#db/queries/expire-holds.ts';
import { findHoldFaults } from '#db/queries/find-hold-faults.ts';
import { updateBudget } from '#db/queries/put-budget.ts';
import { sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { Budget } from '#lib/budget/budget.ts';
import type { BudgetCalendar } from '#lib/budget/budget-calendar.ts';
import { budgetWindow } from '#lib/budget/budget-window.ts';
import { auditNote } from '../auth/audit-note.ts';
import { compactor } from '../jobs/compact.ts';
import { makeBudget, placedHold } from '../testing/budgets.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { type HoldDesk, openHoldDesk } from './hold-desk.ts';
import type { PlacedHold } from './place-holds.ts';

let test_: TestDatabase;
let db: Database;
let projectId = 100;
let desk: HoldDesk;
const usd = 1_000_000_000_000n;

beforeAll(async () => {
  test_ = await createTestDatabase();
  ({ db } = test_);
  desk = openHoldDesk(db);
});
beforeEach(() => {
  projectId++;
});
afterAll(() => test_.close());

const hold = (id: string, rest: Partial<PlacedHold> = {}) =>
  desk.place(projectId, placedHold({ id, ...rest }));
const settle = (id: string, costPicoUsd: bigint) =>
  desk.end(projectId, { id, end: 'settle', costPicoUsd, tokens: null });
const release = (id: string) => desk.end(projectId, { id, end: 'release', costPicoUsd: 0n, tokens: null });

/** Spent and held in cents of USD. */
async function use(budget: Budget, atMs = Date.now()) {
  const window = budgetWindow(budget.calendar, atMs);
  if (window === null) throw new Error('no window');
  const slots = [{ id: budget.id, scope: budget.scope, window, counted: budget.countTokens }];
  const [row] = await sumBudgetSpend(db, { projectId, slots });
  if (row === undefined) throw new Error('no answer');
  expect(await findHoldFaults(db, projectId)).toEqual([]);
  return {
    spent: Number((row.ledgerPicoUsd + row.settledPicoUsd) / (usd / 100n)),
    held: Number(row.heldPicoUsd / (usd / 100n)),
    overrun: Number(row.overrunPicoUsd / (usd / 100n)),
  };
}

/** That an admission waits for a window which another transaction has locked. */
async function untilSomebodyWaits(waiters = 1): Promise<void> {
  for (;;) {
    const [row] = await db.run(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (Number(row?.['n']) >= waiters) return;
  }
}

async function change(budget: Budget, calendar: BudgetCalendar): Promise<void> {
  const note = auditNote({ actor: 'test', action: 'budget_changed', details: {} });
  await updateBudget(db, { projectId, budget: { ...budget, calendar } }, note);
}

/** An event that costs so many cents: a cent is 16,667 tokens of output at 0.6 USD a million; of six it is exact. */
const costly = (id: string, cents: number, rest: object = {}) =>
  usageEvent({
    id,
    provider: 'openai',
    model: 'gpt-4o-mini',
    inputTokens: 0,
    outputTokens: Math.round((cents * 10_000) / 0.6),
    ts: new Date().toISOString(),
    ...rest,
  });

test('holds are admitted up to the limit and not a cent further', async () => {
  const budget = await makeBudget(db, { limitUsd: '3' }, projectId);
  for (const id of ['a', 'b', 'c']) expect(await hold(id)).toMatchObject({ outcome: 'held' });
  expect(await hold('d')).toMatchObject({
    outcome: 'refused',
    budget: { id: budget.id },
    spentPicoUsd: 0n,
    heldPicoUsd: 3n * usd,
  });
  expect(await hold('e', { amountPicoUsd: 0n })).toMatchObject({ outcome: 'held' });
  expect(await use(budget)).toEqual({ spent: 0, held: 300, overrun: 0 });
});

test('many at once get exactly what there is, also in one batch', async () => {
  await makeBudget(db, { limitUsd: '25' }, projectId);
  const outcomes = await Promise.all(Array.from({ length: 300 }, (_, index) => hold(`h${index}`)));
  expect(outcomes.filter(({ outcome }) => outcome === 'held')).toHaveLength(25);
});

test('the same id holds once; another request under it is a conflict for the caller to see', async () => {
  const budget = await makeBudget(db, {}, projectId);
  const [one, other] = await Promise.all([hold('a'), hold('a')]);
  expect([one.outcome, other.outcome].sort()).toEqual(['held', 'known']);
  expect(await hold('a', { asked: 'other' })).toMatchObject({ outcome: 'known', hold: { asked: 'test' } });
  expect(await use(budget)).toMatchObject({ held: 100 });
});

test('an id that two replicas take at once is held once, whatever budgets they ask', async () => {
  const one = await makeBudget(db, { scope: { agent: 'one' } }, projectId);
  const other = await makeBudget(db, { scope: { agent: 'other' } }, projectId);
  const replica = openDatabase({ url: test_.url, connectionsMax: 2 });
  const sql = connect({ url: test_.url, connectionsMax: 1 });
  try {
    for (const agent of ['one', 'other']) await hold(`warm-${agent}`, { agent });
    await sql.unsafe('begin');
    await sql.unsafe(`select from budget_periods where budget_id = '${one.id}' for update`);
    const late = openHoldDesk(replica).place(projectId, placedHold({ id: 'a', agent: 'one' }));
    await untilSomebodyWaits();
    expect(await hold('a', { agent: 'other' })).toMatchObject({ outcome: 'held' });
    await sql.unsafe('commit');
    expect(await late).toMatchObject({ outcome: 'known', hold: { agent: 'other' } });
    expect([(await use(one)).held, (await use(other)).held]).toEqual([100, 200]);
  } finally {
    await sql.end();
    await replica.close();
  }
});

test('nested budgets hold all or none', async () => {
  const wide = await makeBudget(db, { limitUsd: '10' }, projectId);
  const agent = await makeBudget(db, { limitUsd: '5', scope: { agent: 'cod*' } }, projectId);
  const narrow = await makeBudget(
    db,
    { limitUsd: '1', scope: { agent: 'coder', session: 'session-1' } },
    projectId,
  );
  expect(await hold('a')).toMatchObject({ outcome: 'held' });
  expect(await hold('b')).toMatchObject({ outcome: 'refused', budget: { id: narrow.id } });
  expect(await hold('c', { session: 'session-2' })).toMatchObject({ outcome: 'held' });
  expect(await hold('d', { agent: 'writer' })).toMatchObject({ outcome: 'held' });
  expect((await use(wide)).held).toBe(300);
  expect((await use(agent)).held).toBe(200);
  expect((await use(narrow)).held).toBe(100);
});

test('what is committed counts: events that are not folded, folded ones, and settled holds', async () => {
  const budget = await makeBudget(db, { limitUsd: '3' }, projectId);
  const replica = openReplica(db, projectId);
  await replica.send([costly('x', 120)]);
  expect(await use(budget)).toMatchObject({ spent: 120 });
  expect(await hold('a')).toMatchObject({ outcome: 'held' });
  await compactor(db)();
  await settle('a', usd / 2n);
  expect(await use(budget)).toEqual({ spent: 170, held: 0, overrun: 0 });
  expect(await hold('b', { amountPicoUsd: (13n * usd) / 10n })).toMatchObject({ outcome: 'held' });
  expect(await hold('c', { amountPicoUsd: 1n })).toMatchObject({ outcome: 'refused' });
});

test('settling records the true cost even above the hold, and only once', async () => {
  const budget = await makeBudget(db, { limitUsd: '3' }, projectId);
  await hold('a');
  expect(await settle('a', 4n * usd)).toMatchObject({
    isChanged: true,
    hold: { state: 'settled', costPicoUsd: 4n * usd },
  });
  expect(await settle('a', usd)).toMatchObject({ isChanged: false, hold: { costPicoUsd: 4n * usd } });
  expect(await release('a')).toMatchObject({ isChanged: false, hold: { state: 'settled' } });
  expect(await use(budget)).toEqual({ spent: 400, held: 0, overrun: 300 });
  expect(await hold('b', { amountPicoUsd: 1n })).toMatchObject({
    outcome: 'refused',
    spentPicoUsd: 4n * usd,
  });
  expect(await settle('nobody', usd)).toBeNull();
});

test('a released hold gives back what it held', async () => {
  const budget = await makeBudget(db, { limitUsd: '1' }, projectId);
  await hold('a');
  await release('a');
  expect(await hold('b')).toMatchObject({ outcome: 'held' });
  expect(await settle('a', usd)).toMatchObject({ isChanged: false, hold: { state: 'released' } });
  expect(await use(budget)).toEqual({ spent: 0, held: 100, overrun: 0 });
});

test('an event settles the hold that it names, whichever of the two calls comes first', async () => {
  const budget = await makeBudget(db, { limitUsd: '10' }, projectId);
  const replica = openReplica(db, projectId);
  await hold('event-first');
  await replica.send([costly('e1', 60, { holdId: 'event-first' })]);
  expect(await use(budget)).toEqual({ spent: 60, held: 0, overrun: 0 });
  expect(await settle('event-first', usd)).toMatchObject({ isChanged: false });
  expect(await use(budget)).toEqual({ spent: 60, held: 0, overrun: 0 });

  await hold('settled-first');
  await settle('settled-first', 2n * usd);
  expect(await use(budget)).toEqual({ spent: 260, held: 0, overrun: 100 });
  await replica.send([costly('e2', 150, { holdId: 'settled-first' })]);
  await replica.send([costly('e2', 150, { holdId: 'settled-first' })]);
  expect(await use(budget)).toEqual({ spent: 210, held: 0, overrun: 50 });
  await replica.send([costly('e3', 10, { holdId: 'settled-first' }), costly('e4', 10, { holdId: 'nobody' })]);
  expect(await use(budget)).toEqual({ spent: 230, held: 0, overrun: 50 });
});

test('an expired hold blocks nobody, with or without the sweep, and its late cost is recorded', async () => {
  const budget = await makeBudget(db, { limitUsd: '1' }, projectId);
  await hold('a', { ttlSeconds: 0 });
  expect((await use(budget)).held).toBe(0);
  expect(await hold('b')).toMatchObject({ outcome: 'held' });
  await release('b');
  await hold('c', { ttlSeconds: 0 });
  expect(await expireHolds(db, projectId)).toBe(1);
  expect(await expireHolds(db, projectId)).toBe(0);
  expect(await settle('c', usd / 2n)).toMatchObject({ isChanged: true, hold: { state: 'settled' } });
  expect(await use(budget)).toEqual({ spent: 50, held: 0, overrun: 50 });
  await openReplica(db, projectId).send([costly('late', 60, { holdId: 'a' })]);
  expect(await use(budget)).toEqual({ spent: 110, held: 0, overrun: 110 });
});

test('a budget that was made, changed or removed a moment ago decides at once', async () => {
  await makeBudget(db, { limitUsd: '10' }, projectId);
  await hold('a');
  const tight = await makeBudget(db, { limitUsd: '1' }, projectId);
  // Holds stay in the windows in which they were made: the new budget holds nothing yet.
  expect(await hold('b')).toMatchObject({ outcome: 'held' });
  expect(await hold('c')).toMatchObject({ outcome: 'refused', budget: { id: tight.id } });
});

test('what is held and settled stays committed when the period of a budget changes', async () => {
  const budget = await makeBudget(db, { limitUsd: '10', period: 'month' }, projectId);
  for (const id of ['a', 'b', 'c']) await hold(id, { amountPicoUsd: 3n * usd });
  await settle('a', 3n * usd);
  const daily = { ...budget, calendar: { period: 'day', timeZone: 'Pacific/Kiritimati' } } as const;
  const note = auditNote({ actor: 'test', action: 'budget_changed', details: {} });
  await updateBudget(db, { projectId, budget: daily }, note);
  expect(await hold('d', { amountPicoUsd: 2n * usd })).toMatchObject({
    outcome: 'refused',
    spentPicoUsd: 3n * usd,
    heldPicoUsd: 6n * usd,
  });
  expect(await hold('e')).toMatchObject({ outcome: 'held' });
  expect(await use(daily)).toEqual({ spent: 300, held: 700, overrun: 0 });
  await release('b');
  expect(await hold('f', { amountPicoUsd: 3n * usd })).toMatchObject({ outcome: 'held' });
  await openReplica(db, projectId).send([costly('late', 300, { holdId: 'a' })]);
  expect(await use(daily)).toEqual({ spent: 300, held: 700, overrun: 0 });
});

test('an admission that waits while the period is changed is decided by the new window', async () => {
  const budget = await makeBudget(db, { limitUsd: '1', period: 'day' }, projectId);
  const replica = openDatabase({ url: test_.url, connectionsMax: 2 });
  const sql = connect({ url: test_.url, connectionsMax: 1 });
  try {
    await hold('warm', { amountPicoUsd: 0n });
    await sql.unsafe('begin');
    await sql.unsafe(`select from budget_periods where budget_id = '${budget.id}' for update`);
    const late = openHoldDesk(replica).place(projectId, placedHold({ id: 'late' }));
    await untilSomebodyWaits();
    await change(budget, { period: 'month', timeZone: 'Pacific/Kiritimati', anchorDay: 1 });
    const early = hold('early');
    await Promise.race([early, untilSomebodyWaits(2)]);
    await sql.unsafe('commit');
    const outcomes = [(await early).outcome, (await late).outcome];
    expect(outcomes.sort()).toEqual(['held', 'refused']);
  } finally {
    await sql.end();
    await replica.close();
  }
});

test('an admission into the new window waits for one into the old that is under way', async () => {
  const budget = await makeBudget(db, { limitUsd: '1', period: 'day' }, projectId);
  const replica = openDatabase({ url: test_.url, connectionsMax: 2 });
  const sql = connect({ url: test_.url, connectionsMax: 1 });
  try {
    await hold('warm', { amountPicoUsd: 0n });
    await sql.unsafe('begin');
    // An id that somebody is about to take: the admission waits for it, its window checked and locked.
    await sql.unsafe(
      `insert into holds select (jsonb_populate_record(h, '{"id":"late"}')).* from holds h where project_id = ${projectId}`,
    );
    const late = openHoldDesk(replica).place(projectId, placedHold({ id: 'late' }));
    await untilSomebodyWaits();
    await change(budget, { period: 'month', timeZone: 'Pacific/Kiritimati', anchorDay: 1 });
    const early = hold('early');
    await Promise.race([early, untilSomebodyWaits(2)]);
    await sql.unsafe('rollback');
    expect(await late).toMatchObject({ outcome: 'held' });
    expect(await early).toMatchObject({ outcome: 'refused', heldPicoUsd: usd });
  } finally {
    await sql.end();
    await replica.close();
  }
});

test('a budget never holds more than its limit while its period changes again and again', async () => {
  const budget = await makeBudget(db, { limitUsd: '20', period: 'day' }, projectId);
  const replica = openDatabase({ url: test_.url, connectionsMax: 4 });
  const desks = [desk, openHoldDesk(replica)];
  const calendars: readonly BudgetCalendar[] = [
    { period: 'month', timeZone: 'UTC', anchorDay: 1 },
    { period: 'day', timeZone: 'Pacific/Kiritimati' },
    { period: 'week', timeZone: 'America/New_York', weekStart: 1 },
    { period: 'day', timeZone: 'UTC' },
  ];
  try {
    let left = 60;
    let onDecided = () => {};
    const agents = Array.from({ length: 12 }, async (_, agent) => {
      for (let turn = left--; turn > 0; turn = left--) {
        await desks[agent % 2]?.place(projectId, placedHold({ id: `h${turn}` }));
        onDecided();
      }
    });
    for (let turn = 0; left > 0; turn++) {
      const decided = new Promise<void>((resolve) => {
        onDecided = resolve;
      });
      const calendar = calendars[turn % calendars.length];
      if (calendar) await change(budget, calendar);
      await decided;
    }
    await Promise.all(agents);
    const [row] = await db.run(
      'select count(*)::int as n from holds where project_id = $1::int and state = 0',
      [projectId],
    );
    expect(row?.['n']).toBe(20);
    expect(await findHoldFaults(db, projectId)).toEqual([]);
  } finally {
    await replica.close();
  }
});

test('a longer window that begins with a shorter one of before covers the days after that one', async () => {
  const first = Date.UTC(2026, 5, 1, 12);
  const sixth = first + 5 * 86_400_000;
  const budget = await makeBudget(db, { limitUsd: '3', period: 'day' }, projectId);
  const on = (nowMs: number, id: string, amount: bigint) =>
    openHoldDesk(db, () => nowMs).place(projectId, placedHold({ id, amountPicoUsd: amount * usd }));
  await on(first, 'a', 0n);
  await change(budget, { period: 'month', timeZone: 'UTC', anchorDay: 1 });
  await on(sixth, 'b', 2n);
  await change(budget, { period: 'day', timeZone: 'UTC' });
  expect(await on(sixth, 'c', 2n)).toMatchObject({ outcome: 'refused', heldPicoUsd: 2n * usd });
});

test('a refusal is not for holds that are past their time, in whatever windows they are', async () => {
  await makeBudget(db, { limitUsd: '4', scope: { agent: 'coder' } }, projectId);
  const wide = await makeBudget(db, { limitUsd: '3' }, projectId);
  await hold('a', { ttlSeconds: 0, amountPicoUsd: 2n * usd });
  await hold('b', { agent: 'writer', ttlSeconds: 600 });
  const [c, d, e] = await Promise.all([
    hold('c', { agent: 'writer', amountPicoUsd: 2n * usd }),
    hold('d', { agent: 'writer', amountPicoUsd: 2n * usd }),
    hold('e', { agent: 'writer', amountPicoUsd: 0n }),
  ]);
  expect([c.outcome, e.outcome]).toEqual(['held', 'held']);
  expect(d).toMatchObject({ outcome: 'refused', heldPicoUsd: 3n * usd });
  expect((await use(wide)).held).toBe(300);
});

test('soft and paused budgets refuse nothing', async () => {
  await makeBudget(db, { limitUsd: '1', hard: false }, projectId);
  await makeBudget(db, { limitUsd: '1', paused: true }, projectId);
  await hold('a');
  expect(await hold('b')).toMatchObject({ outcome: 'held' });
});

test('a limit in tokens counts the buckets that were chosen', async () => {
  const budget = await makeBudget(
    db,
    { limitUsd: null, limitTokens: 1_000, countTokens: ['output'] },
    projectId,
  );
  expect(await hold('a')).toMatchObject({ outcome: 'unmeasured', budget: { id: budget.id } });
  const tokens = { inputTokens: 900_000, maxOutputTokens: 600 };
  expect(await hold('b', { tokens })).toMatchObject({ outcome: 'held' });
  expect(await hold('c', { tokens })).toMatchObject({ outcome: 'refused', heldTokens: 600n });
  await desk.end(projectId, {
    id: 'b',
    end: 'settle',
    costPicoUsd: 0n,
    tokens: { input: 5_000, cacheRead: 0, cacheWrite: 0, output: 300 },
  });
  expect(await hold('d', { tokens })).toMatchObject({ outcome: 'held' });
});

test('a hold stays in the window in which it was made', async () => {
  const budget = await makeBudget(db, { limitUsd: '1', period: 'day' }, projectId);
  const today = Date.UTC(2026, 5, 10, 23, 59);
  const yesterdays = openHoldDesk(db, () => today);
  const todays = openHoldDesk(db, () => today + 120_000);
  await yesterdays.place(projectId, placedHold({ id: 'a' }));
  expect(await todays.place(projectId, placedHold({ id: 'b' }))).toMatchObject({ outcome: 'held' });
  await settle('a', usd);
  expect(await use(budget, today)).toEqual({ spent: 100, held: 0, overrun: 0 });
  expect(await use(budget, today + 120_000)).toEqual({ spent: 0, held: 100, overrun: 0 });
});
