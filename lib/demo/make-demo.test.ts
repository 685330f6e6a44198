import { beforeAll, describe, expect, test } from 'vitest';
import { decodeItem } from '#lib/ingest/decode-item.ts';
import { priceUsage } from '#lib/pricing/price-usage.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import { configSchema, configSchemaBytes } from './config-schema.ts';
import type { DemoEvent } from './demo-event.ts';
import { makeDemo } from './make-demo.ts';
import { deadSession, zombieSession } from './make-night-watch.ts';
import { loopSession } from './make-researcher.ts';
import { bloatedSession } from './make-support-bot.ts';

const nowMs = Date.parse('2026-11-21T13:00:00Z');
let events: readonly DemoEvent[];
let usage: readonly UsageEvent[];

beforeAll(() => {
  events = [...makeDemo({ nowMs })];
  usage = events.flatMap((event, index) => {
    const item = decodeItem(event, { index, nowMs, onConflict: 'keep' });
    if ('error' in item) throw new Error(item.error.message);
    return item.event.type === 'usage' ? [item.event] : [];
  });
});

const callsOf = (session: string) => usage.filter((event) => event.session === session);

function spendOf(calls: readonly UsageEvent[]): number {
  const pico = calls.map(({ provider, model, requestedModel, tsMs, ...event }) => {
    const tokens = {
      input: event.inputTokens,
      cacheRead: event.cacheReadTokens,
      cacheWrite5m: event.cacheWrite5mTokens,
      cacheWrite1h: event.cacheWrite1hTokens,
      output: event.outputTokens,
    };
    const price = priceUsage({ provider, model, requestedModel, atMs: tsMs, tokens }, []);
    expect(price.status).toBe('priced');
    return price.costPicoUsd;
  });
  return Number(pico.reduce((sum, cost) => sum + cost, 0n)) / 1e12;
}

const dayOf = (event: { readonly ts: string }) => event.ts.slice(0, 10);

test('the same time makes the same events, each with an id of its own', () => {
  expect([...makeDemo({ nowMs })]).toEqual(events);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

test('another seed makes another month', () => {
  expect([...makeDemo({ nowMs, seed: 2 })]).not.toEqual(events);
});

test.each(['2026-11-21T00:00:00Z', '2026-11-23T09:30:00Z', '2027-01-01T23:59:59Z', '2028-03-01T04:00:00Z'])(
  'the month ends at %s: none of its events is later, and the first is within 30 days',
  (now) => {
    const endMs = Date.parse(now);
    const times = [...makeDemo({ nowMs: endMs })].map(({ ts }) => Date.parse(ts));
    expect(Math.max(...times)).toBeLessThanOrEqual(endMs);
    expect(Math.min(...times)).toBeGreaterThan(endMs - 30 * 86_400_000);
    expect(Math.max(...times)).toBeGreaterThan(endMs - 3_600_000);
  },
);

test('five agents send all four kinds of events', () => {
  expect(new Set(usage.map(({ agent }) => agent)).size).toBe(5);
  expect(new Set(events.map(({ type }) => type)).size).toBe(4);
});

test('weekends are quiet, but for the loop', () => {
  const calls = usage.filter(({ session }) => session !== loopSession && session !== zombieSession);
  const isWeekend = (event: UsageEvent) => [0, 6].includes(new Date(event.tsMs).getUTCDay());
  const days = (of: readonly UsageEvent[]) => new Set(of.map(dayOf)).size;
  const [off, on] = [calls.filter(isWeekend), calls.filter((event) => !isWeekend(event))];
  expect(off.length / days(off)).toBeLessThan((0.5 * on.length) / days(on));
});

describe('the stories', () => {
  test('a loop spends 300 USD in two days', () => {
    const calls = callsOf(loopSession);
    expect(spendOf(calls)).toBeGreaterThanOrEqual(300);
    expect(spendOf(calls)).toBeLessThan(301);
    const times = calls.map(({ tsMs }) => tsMs);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(2 * 86_400_000);
  });

  test('a session holds the same 396 KB result again and again, and nears the window', () => {
    expect(Buffer.byteLength(configSchema)).toBe(configSchemaBytes);
    const results = events.filter(
      (event) =>
        event.type === 'message' && event.session === bloatedSession && event.content === configSchema,
    );
    expect(results).toHaveLength(10);
    const last = callsOf(bloatedSession).at(-1);
    const context = (last?.inputTokens ?? 0) + (last?.cacheReadTokens ?? 0);
    expect(context).toBeGreaterThan(0.8 * 1_048_576);
    expect(context).toBeLessThan(1_048_576);
  });

  test('a zombie is woken every half hour while nobody talks to it', () => {
    const calls = callsOf(zombieSession);
    expect(new Set(calls.map(({ source }) => source))).toEqual(new Set(['heartbeat']));
    expect(calls.length).toBeGreaterThan(500);
    const said = events.filter((event) => event.type === 'message' && event.session === zombieSession);
    expect(said.filter((event) => 'role' in event && event.role === 'user')).toHaveLength(1);
  });

  test('a session outgrew its window, failed until it was given up, and is dead', () => {
    const calls = callsOf(deadSession);
    expect(calls.slice(-18).every(({ status }) => status === 'error')).toBe(true);
    expect(calls.at(-1)?.tsMs).toBeLessThan(nowMs - 2 * 86_400_000);
  });

  test('an outage fails 60 calls in half an hour', () => {
    const failed = usage.filter(({ error }) => error === '529 overloaded').map(({ tsMs }) => tsMs);
    expect(failed).toHaveLength(60);
    expect(Math.max(...failed) - Math.min(...failed)).toBeLessThan(1_800_000);
  });
});
