import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { compactor } from './jobs/compact.ts';
import { type OverviewQuery, readOverview } from './read-overview.ts';
import { readUsage } from './read-usage.ts';
import { messageEvent, usageEvent } from './testing/events.ts';
import { openReplica } from './testing/ledger.ts';

let base: TestDatabase;
const nowMs = Date.parse('2026-11-20T13:20:00Z');
const zone = 'Europe/Berlin';

beforeAll(async () => {
  base = await createTestDatabase();
  const replica = openReplica(base.db);
  const hours = Array.from({ length: 24 * 40 }, (_, hour) => hour);
  await replica.send(
    hours.map((hour) =>
      usageEvent({
        id: `call-${hour}`,
        ts: new Date(nowMs - hour * 3_600_000 - 60_000).toISOString(),
        agent: `agent-${hour % 9}`,
        session: `session-${hour % 11}`,
        source: hour % 2 === 0 ? 'cron' : 'direct',
        model: hour % 3 === 0 ? 'a-model-nobody-knows' : 'gpt-5',
        provider: 'openai',
        inputTokens: 1_000 + hour,
      }),
    ),
  );
  await compactor(base.db)();
  // A session that gains 5,000 tokens a call, not folded yet, and compacted once before.
  const contexts = [90_000, 100_000, 20_000, 25_000, 30_000, 35_000];
  await replica.send(
    contexts.map((inputTokens, index) =>
      usageEvent({
        id: `grow-${index}`,
        ts: new Date(nowMs - (contexts.length - index) * 1_000).toISOString(),
        agent: 'agent-0',
        session: 'growing',
        model: 'gpt-5',
        provider: 'openai',
        inputTokens,
      }),
    ),
  );
  await replica.send([messageEvent({ id: 'm', session: 'growing', content: 'x'.repeat(5_000) })]);
});
afterAll(() => base.close());

function read(query: Partial<OverviewQuery> = {}) {
  return readOverview(base.db, {
    projectId: 1,
    timeZone: zone,
    range: '7d',
    by: 'agent',
    bucket: null,
    nowMs,
    ...query,
  });
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, usd) => total + parseUsd(usd), 0n);
}

describe('the overview', () => {
  test.each(['today', '24h', '7d', '30d', 'month'] as const)(
    'of %s has the totals of GET /api/usage, in each of its tables and in its chart',
    async (range) => {
      for (const by of ['agent', 'model', 'source', 'provider'] as const) {
        const overview = await read({ range, by });
        const { from, to } = overview.range;
        const span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
        const usage = { projectId: 1, timeZone: zone, bucket: 'total', groupBy: [] } as const;
        const [expected] = await readUsage(base.db, { ...usage, ...span });
        expect({ start: from, ...overview.totals }).toEqual(expected);
        const cost = parseUsd(overview.totals.costUsd);
        for (const { rows } of [overview.byAgent, overview.byModel, overview.bySource]) {
          expect(sum(rows.map(({ costUsd }) => costUsd))).toBe(cost);
        }
        expect(sum(overview.chart.buckets.flatMap(({ costsUsd }) => costsUsd))).toBe(cost);
        const calls = overview.chart.buckets.reduce((all, bucket) => all + bucket.calls, 0);
        expect(calls).toBe(overview.totals.calls);
      }
    },
  );

  test('compares with the same part of the week before', async () => {
    const { range, previous } = await read();
    expect([range.previousFrom, range.previousTo]).toEqual([
      '2026-11-06T23:00:00.000Z',
      '2026-11-13T13:20:00.001Z',
    ]);
    expect(previous.calls).toBe(24 * 6 + 15);
  });

  test('knows the usual weekday up to this time of day', async () => {
    const { today } = await read();
    expect(today).toMatchObject({ isWeekend: false, calls: 15 + 6 });
    expect(today.usual?.days).toBe(20);
    expect(Number(today.usual?.costUsd)).toBeGreaterThan(0);
  });

  test('sums up the names past six, and tells how many they are', async () => {
    const { chart, byAgent } = await read();
    expect(chart.names).toHaveLength(6);
    expect(chart.others).toBe(3);
    expect(byAgent.total).toBe(9);
    expect(chart.bucket).toBe('day');
    expect(chart.buckets).toHaveLength(7);
  });

  test('finds the session that grows fastest, by its calls since the last compaction', async () => {
    const { fastestSessions, heaviestSessions } = await read();
    expect(heaviestSessions[0]).toMatchObject({ id: 'growing', bytes: 5_000 });
    const [fastest] = fastestSessions;
    expect(fastest).toMatchObject({ id: 'growing', contextTokens: 35_000 });
    expect(fastest?.tokensPerCall).toBeCloseTo(5_000, 6);
    expect(fastest?.callsLeft).toBe(Math.ceil(((fastest?.modelWindow ?? 0) - 35_000) / 5_000));
  });

  test('does not say of a session that was silent for more than a week when it overflows', async () => {
    const weekMs = 7 * 86_400_000;
    const callsLeftAt = async (atMs: number) => {
      const { heaviestSessions } = await read({ nowMs: atMs });
      return heaviestSessions.find(({ id }) => id === 'growing')?.callsLeft;
    };
    expect(await callsLeftAt(nowMs + weekMs - 60_000)).toBeGreaterThan(0);
    expect(await callsLeftAt(nowMs + weekMs + 60_000)).toBeNull();
  });

  test('counts what has no price apart from the spend', async () => {
    const { totals, chart } = await read();
    expect(totals.unpricedTokens).toBeGreaterThan(0);
    expect(chart.buckets.reduce((all, bucket) => all + bucket.unpricedTokens, 0)).toBe(totals.unpricedTokens);
  });

  test('of a range without calls still knows that there were some', async () => {
    const fromMs = Date.UTC(2020, 0, 1);
    const overview = await read({ range: { fromMs, toMs: fromMs + 86_400_000 } });
    expect(overview).toMatchObject({
      hasUsage: true,
      lastCall: expect.stringMatching(/Z$/),
      totals: { calls: 0, costUsd: '0' },
    });
    expect(overview.chart.buckets).toHaveLength(24);
    expect(await read({ projectId: 2 })).toMatchObject({
      hasUsage: false,
      lastCall: null,
      heaviestSessions: [],
    });
  });

  test('of an empty range is refused', async () => {
    await expect(read({ range: { fromMs: 1_000, toMs: 1_000 } })).rejects.toMatchObject({
      code: 'invalid_query',
    });
  });
});
