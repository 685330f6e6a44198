import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { compactor } from '../jobs/compact.ts';
import { makeBudget } from '../testing/budgets.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { projectionWindow } from './projection-window.ts';
import { readBudgetProjection, readProjection } from './read-projection.ts';

const dayMs = 86_400_000;
const timeZone = 'Asia/Kolkata';
/** 09:30 in Kolkata on 18 November. */
const nowMs = Date.parse('2026-11-18T04:00:00Z');
const month = { from: '2026-10-31T18:30:00.000Z', to: '2026-11-30T18:30:00.000Z' };
const window = { fromMs: Date.parse(month.from), toMs: Date.parse(month.to) };
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  const replica = openReplica(base.db);
  // 0.0045 USD a call (1,000 in at 3, 100 out at 15 a million), one at 10:30 local time each day.
  const events = Array.from({ length: 40 }, (_, day) => ({
    id: `day-${day}`,
    ts: new Date(Date.parse('2026-11-17T05:00:00Z') - day * dayMs).toISOString(),
    agent: day < 20 ? 'new' : 'old',
  }));
  await replica.send(events.slice(0, 30).map(usageEvent));
  await compactor(base.db)();
  await replica.send(events.slice(30).map(usageEvent));
});
afterAll(() => base.close());

test('the month of a zone: exact spend, a band above it, and when a limit is reached', async () => {
  const view = await readProjection(base.db, {
    projectId: 1,
    window: projectionWindow({ timeZone, nowMs, period: 'month', weekStart: 1, span: null }),
    timeZone,
    nowMs,
    limit: parseUsd('0.1'),
  });
  expect(view.window).toEqual({ ...month, timeZone });
  expect(view.spentUsd).toBe('0.0765');
  expect(view.days).toHaveLength(17);
  expect(view.basis).toEqual({ days: 40, activeDays: 40, firstDay: '2026-10-08T18:30:00.000Z' });
  expect(view.absentReason).toBeNull();
  // 30 days of 0.0045 USD.
  expect(Number(view.projection?.p50Usd)).toBeCloseTo(0.135, 2);
  expect(Number(view.projection?.p10Usd)).toBeGreaterThanOrEqual(0.0765);
  expect(view.projection?.confidence).toBe('normal');
  expect(view.projection?.pastError?.missedShare).toBeLessThan(0.05);
  expect(view.projection?.runsOut?.likely?.slice(0, 10)).toMatch(/^2026-11-2[2-4]$/);
});

test('a budget is foretold in its own scope, zone and window, in dollars and in tokens', async () => {
  const { id } = await makeBudget(base.db, {
    scope: { agent: 'new' },
    limitUsd: '0.1',
    limitTokens: 25_000,
    period: 'month',
    timeZone,
  });
  const view = await readBudgetProjection(base.db, { projectId: 1, id, nowMs });
  expect(view.window).toEqual({ ...month, timeZone });
  // Of November all 17 days are of the agent; of its history, 20.
  expect(view).toMatchObject({ spentUsd: '0.0765', basis: { activeDays: 20 } });
  expect(Number(view.projection?.p50Usd)).toBeCloseTo(0.135, 2);
  expect(view.projection?.runsOut?.likely?.slice(0, 10)).toMatch(/^2026-11-2[2-4]$/);
  // 1,100 tokens a day: 18,700 so far, and 25,000 after 23 days.
  expect(view.tokens).toMatchObject({ limit: 25_000, spent: 18_700 });
  expect(view.tokens?.p50).toBeGreaterThan(31_000);
  expect(view.tokens?.runsOut?.likely?.slice(0, 10)).toMatch(/^2026-11-2[2-4]$/);
});

test('a budget of sessions is foretold too', async () => {
  const { id } = await makeBudget(base.db, {
    scope: { session: 'session-*' },
    limitUsd: '1',
    period: 'week',
    timeZone,
  });
  const view = await readBudgetProjection(base.db, { projectId: 1, id, nowMs });
  expect(view).toMatchObject({ spentUsd: '0.009', basis: { activeDays: 40 }, tokens: null });
  expect(view.projection?.runsOut).toMatchObject({ likely: null });
});

test('a budget that is not there is not found', async () => {
  const id = '11111111-1111-4111-8111-111111111111';
  await expect(readBudgetProjection(base.db, { projectId: 1, id, nowMs })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a window that is over has its spend and no projection', async () => {
  const view = await readProjection(base.db, {
    projectId: 1,
    window: { fromMs: window.fromMs - 10 * dayMs, toMs: window.fromMs },
    timeZone,
    nowMs,
    limit: null,
  });
  expect(view).toMatchObject({ spentUsd: '0.045', projection: null, absentReason: 'window-over' });
});

test('without events nothing is said', async () => {
  const view = await readProjection(base.db, { projectId: 2, window, timeZone, nowMs, limit: null });
  expect(view).toMatchObject({ spentUsd: '0', days: [], projection: null, absentReason: 'few-active-days' });
});

test('a span that ends before it begins is refused', () => {
  const span = { fromMs: 2, toMs: 1 };
  expect(() => projectionWindow({ timeZone, nowMs, period: 'month', weekStart: 1, span })).toThrow(/before/);
});
