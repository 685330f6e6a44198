import { expect, test } from 'vitest';
import { backTest, type SpentHour } from './back-test.ts';
import { toBudget } from './budget.ts';
import { newBudget } from './new-budget.ts';

const hourMs = 3_600_000;
const fromMs = Date.UTC(2026, 9, 1);
const toMs = Date.UTC(2026, 9, 31);
const budget = (more: object) =>
  toBudget('b', newBudget.parse({ name: 'b', limitUsd: '10', period: 'day', timeZone: 'UTC', ...more }));

/** A dollar an hour from the hours that are asked for. */
function hours(isSpent: (startMs: number) => boolean, sinceMs = fromMs): readonly SpentHour[] {
  return Array.from({ length: (toMs - sinceMs) / hourMs }, (_, index) => {
    const startMs = sinceMs + index * hourMs;
    return {
      startMs,
      endMs: startMs + hourMs,
      picoUsd: isSpent(startMs) ? 1_000_000_000_000n : 0n,
      tokens: 0n,
    };
  });
}

test('each threshold fires once in each window in which it is reached', () => {
  const spent = hours((at) => new Date(at).getUTCDate() <= 3 && new Date(at).getUTCHours() < 9);
  const fires = backTest(budget({ thresholds: [50, 80, 100] }), { hours: spent, fromMs, toMs });
  expect(fires.map(({ key, atMs }) => `${key} ${new Date(atMs).toISOString().slice(0, 13)}`)).toEqual([
    'threshold:50 2026-10-01T05',
    'threshold:80 2026-10-01T08',
    'threshold:50 2026-10-02T05',
    'threshold:80 2026-10-02T08',
    'threshold:50 2026-10-03T05',
    'threshold:80 2026-10-03T08',
  ]);
});

test('a window that began before the range counts from its beginning', () => {
  const spent = hours((at) => at < fromMs + 2 * hourMs, fromMs - 48 * hourMs);
  const monthly = budget({ period: 'week', thresholds: [100], limitUsd: '49' });
  const fires = backTest(monthly, { hours: spent, fromMs, toMs });
  expect(fires).toEqual([{ key: 'threshold:100', atMs: fromMs + hourMs }]);
});

test('a burn rule fires once a day for as long as it burns', () => {
  const rules = [{ kind: 'burn', percent: 10, hours: 1, sustainedHours: 3 }];
  const spent = hours((at) => at >= fromMs + 22 * hourMs && at < fromMs + 30 * hourMs);
  const fires = backTest(budget({ thresholds: [], rules }), { hours: spent, fromMs, toMs });
  expect(fires.map(({ atMs }) => (atMs - fromMs) / hourMs)).toEqual([25]);
});
