import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProjectionQuestion, projectSpend } from './project-spend.ts';
import { seededRandom } from './seeded-random.ts';

const dayMs = 86_400_000;
const usd = 1_000_000_000_000n;
const monthMs = Date.UTC(2026, 10, 1);
const november = { fromMs: monthMs, toMs: Date.UTC(2026, 11, 1) };

/** UTC days before `nowMs`, the last one today. */
function ask(amounts: readonly bigint[], over: Partial<ProjectionQuestion> = {}): ProjectionQuestion {
  const nowMs = over.nowMs ?? monthMs + 14 * dayMs;
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const days = amounts.map((amount, index) => ({
    startMs: todayMs - (amounts.length - 1 - index) * dayMs,
    amount,
  }));
  const spent = days.filter(({ startMs }) => startMs >= monthMs).reduce((sum, day) => sum + day.amount, 0n);
  return {
    window: november,
    nowMs,
    timeZone: 'UTC',
    spent,
    days,
    hours: [],
    random: seededRandom(1),
    ...over,
  };
}

const steady = (days: number, amount = 10n * usd) => [...new Array<bigint>(days).fill(amount), 0n];

test.each([0, 1, 2])('a projection is unknown after %d active days', (active) => {
  const amounts = [...new Array<bigint>(10).fill(0n), ...new Array<bigint>(active).fill(usd), 0n];
  expect(projectSpend(ask(amounts))).toMatchObject({
    state: 'absent',
    reason: 'few-active-days',
    basis: { activeDays: active },
  });
});

test.each([
  [3, 'low'],
  [13, 'low'],
  [14, 'normal'],
])('after %d active days its confidence is %s', (active, confidence) => {
  expect(projectSpend(ask(steady(active)))).toMatchObject({ state: 'projected', confidence });
});

test.each([
  ['window-over', monthMs + 30 * dayMs],
  ['window-not-begun', monthMs - 1],
])('%s: there is nothing to project', (reason, nowMs) => {
  expect(projectSpend(ask(steady(30), { nowMs }))).toMatchObject({ state: 'absent', reason });
});

test('a window of years is not projected', () => {
  const window = { fromMs: monthMs, toMs: monthMs + 600 * dayMs };
  expect(projectSpend(ask(steady(30), { window }))).toMatchObject({
    state: 'absent',
    reason: 'window-too-long',
  });
});

test('steady spend of 10 USD a day makes 300 USD in a month of 30 days', () => {
  const projection = projectSpend(ask(steady(60)));
  if (projection.state === 'absent') throw new Error(projection.reason);
  expect(Number(projection.p50 / usd)).toBeGreaterThan(296);
  expect(Number(projection.p50 / usd)).toBeLessThan(304);
  expect(projection.pastError?.missedShare).toBeLessThan(0.02);
});

test('quiet weekends are expected to stay quiet', () => {
  // 14 November 2026 is a Saturday; the days begin on Monday 31 August.
  const nowMs = monthMs + 13 * dayMs;
  const amounts = Array.from({ length: 76 }, (_, day) => (day % 7 < 5 && day < 75 ? 10n * usd : 0n));
  const window = { fromMs: nowMs, toMs: nowMs + 2 * dayMs };
  const projection = projectSpend(ask(amounts, { nowMs, window, spent: 0n }));
  if (projection.state === 'absent') throw new Error(projection.reason);
  expect(Number(projection.p50) / 1e12).toBeLessThan(5);
});

test('what is spent stays exact, and nothing is projected below it or out of order', () => {
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 3, maxLength: 80 });
  fc.assert(
    fc.property(amounts, fc.nat(29 * 86_400), (history, second) => {
      const question = ask(history, { nowMs: monthMs + second * 1_000 });
      const projection = projectSpend(question);
      if (projection.state === 'absent') return;
      const { path, p10, p50, p90 } = projection;
      expect(path[0]).toEqual({
        atMs: question.nowMs,
        p10: question.spent,
        p50: question.spent,
        p90: question.spent,
      });
      expect(path.at(-1)).toEqual({ atMs: november.toMs, p10, p50, p90 });
      for (const [index, point] of path.entries()) {
        expect(point.p10 <= point.p50 && point.p50 <= point.p90).toBe(true);
        expect(point.p10 >= (path[index - 1]?.p10 ?? question.spent)).toBe(true);
        expect(point.atMs > (path[index - 1]?.atMs ?? 0)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('the same question has the same answer', () => {
  const question = () => ask(Array.from({ length: 50 }, (_, day) => BigInt((day * 7_919) % 31) * usd));
  expect(projectSpend(question())).toEqual(projectSpend(question()));
});

test('it works in any unit: tokens a thousandfold are a projection a thousandfold', () => {
  const amounts = Array.from({ length: 50 }, (_, day) => BigInt((day * 7_919) % 31) * 1_000n);
  const small = projectSpend(ask(amounts));
  const large = projectSpend(ask(amounts.map((amount) => amount * 1_000n)));
  if (small.state === 'absent' || large.state === 'absent') throw new Error('absent');
  expect(Number(large.p50) / Number(small.p50)).toBeCloseTo(1_000, 0);
});

test('a limit between now and the end names the day that it runs out', () => {
  const projection = projectSpend(ask(steady(60), { limit: 200n * usd }));
  if (projection.state === 'absent') throw new Error(projection.reason);
  const likelyDay = ((projection.runOut?.likelyMs ?? 0) - monthMs) / dayMs;
  expect(likelyDay).toBeGreaterThan(19);
  expect(likelyDay).toBeLessThan(21);
  expect(projection.runOut?.earliestMs).toBeLessThanOrEqual(projection.runOut?.likelyMs ?? 0);
});

test('without a limit there is no day of running out', () => {
  expect(projectSpend(ask(steady(60)))).toMatchObject({ runOut: null });
});

test('the turn of the year and a change of clocks leave one step for each local day', () => {
  const nowMs = Date.UTC(2026, 11, 20, 12);
  const newYork = 'America/New_York';
  const midnight = (month: number, day: number, hour: number) => Date.UTC(2026, month, day, hour);
  const days = Array.from({ length: 30 }, (_, day) => ({ startMs: midnight(10, 20 + day, 5), amount: usd }));
  const december = { fromMs: midnight(11, 1, 5), toMs: Date.UTC(2027, 0, 1, 5) };
  const toNewYear = projectSpend(ask([], { nowMs, timeZone: newYork, days, spent: 0n, window: december }));
  expect(toNewYear).toMatchObject({ state: 'projected', path: { length: 13 } });
  // Clocks went back on Sunday 1 November 2026: a day of 25 hours.
  const weekend = { fromMs: midnight(9, 31, 4), toMs: midnight(10, 2, 5) };
  const before = Array.from({ length: 20 }, (_, day) => ({ startMs: midnight(9, 10 + day, 4), amount: usd }));
  const overChange = projectSpend(
    ask([], { nowMs: weekend.fromMs, timeZone: newYork, days: before, spent: 0n, window: weekend }),
  );
  expect(overChange).toMatchObject({ state: 'projected', path: { length: 3 } });
});
