import { describe, expect, test } from 'vitest';
import { type AlertSituation, checkAlerts } from './check-alerts.ts';
import { upperBand } from './daily-band.ts';

const quiet: AlertSituation = { limits: [], spentWithin: () => [], pastDays: [], today: 0n };
const firing = (rules: Parameters<typeof checkAlerts>[0], situation: Partial<AlertSituation>) =>
  checkAlerts(rules, { ...quiet, ...situation })
    .filter(({ isFiring }) => isFiring)
    .map(({ key }) => key);

test('a threshold fires at its very per cent, not a pico-dollar before', () => {
  const rules = { thresholds: [50, 80, 100], rules: [] };
  const at = (spent: bigint) => firing(rules, { limits: [{ limit: 1_000n, spent, held: 900n }] });
  expect(at(499n)).toEqual([]);
  expect(at(500n)).toEqual(['threshold:50']);
  expect(at(999n)).toEqual(['threshold:50', 'threshold:80']);
  expect(at(1_000n)).toEqual(['threshold:50', 'threshold:80', 'threshold:100']);
});

test('of two limits the one that is reached first fires', () => {
  const limits = [
    { limit: 1_000n, spent: 0n, held: 0n },
    { limit: 10n, spent: 5n, held: 0n },
  ];
  expect(firing({ thresholds: [50], rules: [] }, { limits })).toEqual(['threshold:50']);
});

describe('2 % within an hour at that rate for six', () => {
  const rules = {
    thresholds: [],
    rules: [{ kind: 'burn', percent: 2, hours: 1, sustainedHours: 6 }] as const,
  };
  const limits = [{ limit: 1_000n, spent: 0n, held: 0n }];
  const at = (hour: bigint, six: bigint) =>
    firing(rules, { limits, spentWithin: (hours) => [hours === 1 ? hour : six] });
  test.each([
    [20n, 120n, ['burn:0']],
    [19n, 500n, []],
    [500n, 119n, []],
  ])('%s in one hour and %s in six', (hour, six, expected) => expect(at(hour, six)).toEqual(expected));
});

describe('an unusual day', () => {
  const even = Array.from({ length: 10 }, (_, day) => BigInt(100 + (day % 3)));
  const rules = { thresholds: [], rules: [{ kind: 'anomaly', deviations: 4 }] as const };
  test('is above the band of the past days', () => {
    expect(upperBand(even, 4)).toBe(141n);
    expect(firing(rules, { pastDays: even, today: 141n })).toEqual([]);
    expect(firing(rules, { pastDays: even, today: 142n })).toEqual(['anomaly:0']);
  });
  test('cannot be told before seven days with spend', () => {
    expect(firing(rules, { pastDays: [...even.slice(0, 6), 0n, 0n, 0n], today: 10_000n })).toEqual([]);
  });
  test('is not hidden by one unusual day before it', () => {
    expect(firing(rules, { pastDays: [...even, 100_000n], today: 1_000n })).toEqual(['anomaly:0']);
  });
});
