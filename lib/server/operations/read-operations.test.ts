import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { durationMsMax } from '#lib/ingest/event-fields.ts';
import type { HeartbeatEvent } from '#lib/operations/heartbeat-event.ts';
import type { OperationEvent } from '#lib/operations/operation-event.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { readOperations } from './read-operations.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const minuteMs = 60_000;
let database: TestDatabase;

let made = 0;
function operation(event: Partial<OperationEvent> & { readonly minutesAgo?: number }): OperationEvent {
  const { minutesAgo = 10, ...fields } = event;
  const tsMs = nowMs - minutesAgo * minuteMs;
  return {
    type: 'operation',
    id: `operation-${made++}`,
    ts: new Date(tsMs).toISOString(),
    tsMs,
    agent: 'bot',
    session: 's',
    name: 'read',
    kind: 'tool',
    durationMs: 100,
    status: 'ok',
    bytesBefore: null,
    bytesAfter: null,
    tokensBefore: null,
    tokensAfter: null,
    attributes: null,
    ...fields,
  };
}

function heartbeat(agent: string, minutesAgo: number): HeartbeatEvent {
  const tsMs = nowMs - minutesAgo * minuteMs;
  return {
    type: 'heartbeat',
    id: `beat-${agent}-${minutesAgo}`,
    ts: new Date(tsMs).toISOString(),
    tsMs,
    agent,
    gauges: `{"queueDepth":${minutesAgo}}`,
  };
}

const read = (days = 1, projectId = 1) =>
  readOperations(database.db, { projectId, days, nowMs, overrides: [] });

beforeAll(async () => {
  database = await createTestDatabase();
  const replica = openReplica(database.db);
  await replica.send([
    ...Array.from({ length: 18 }, () => operation({})),
    operation({ durationMs: 9_000, status: 'error' }),
    operation({ attributes: '{"fromCache":true,"outcome":"ok"}', durationMs: 1 }),
    operation({ attributes: '{"outcome":"limited"}', status: 'error', name: 'search' }),
    operation({
      name: 'schema',
      kind: 'prune',
      bytesBefore: 396_000,
      bytesAfter: 900,
      tokensBefore: 99_000,
      tokensAfter: 225,
      durationMs: 4,
    }),
    operation({ name: 'wait for the session', kind: 'semaphore', durationMs: 400 }),
    operation({ name: 'old', minutesAgo: 3 * 1_440 }),
    ...Array.from({ length: 20 }, (_, index) => heartbeat('steady', index * 5 + 1)),
    heartbeat('gone', 600),
    usageEvent({
      id: 'u1',
      ts: new Date(nowMs - minuteMs).toISOString(),
      inputTokens: 1_000,
      latencyMs: 6_000,
    }),
    usageEvent({
      id: 'u2',
      ts: new Date(nowMs - minuteMs).toISOString(),
      inputTokens: 3_000,
      cacheReadTokens: 3_000,
      latencyMs: 2_000,
    }),
  ]);
});
afterAll(() => database.close());

describe('readOperations', () => {
  test('a tool has its calls, failures, limits, cache hits and percentiles', async () => {
    const { tools } = await read();
    expect(
      tools.map(({ name, calls, errors, limited, cached }) => ({ name, calls, errors, limited, cached })),
    ).toEqual([
      { name: 'read', calls: 20, errors: 1, limited: 0, cached: 1 },
      { name: 'search', calls: 1, errors: 1, limited: 1, cached: 0 },
    ]);
    expect(tools[0]?.p50).toBeGreaterThan(95);
    expect(tools[0]?.p50).toBeLessThan(105);
    expect(tools[0]?.maxMs).toBe(9_000);
  });

  test('what pruning saved is worth what the tokens cost once', async () => {
    const { prunes, pricedBy } = await read();
    expect(pricedBy).toBe('claude-sonnet-4-5');
    expect(prunes).toEqual([
      {
        name: 'schema',
        kind: 'prune',
        count: 1,
        bytesSaved: 395_100,
        tokensSaved: 98_775,
        savedUsd: '0.296325',
      },
    ]);
  });

  test('calls are classed by their context against their targets', async () => {
    const { classes } = await read();
    expect(classes.map(({ name, calls, overTarget }) => [name, calls, overTarget])).toEqual([
      ['simple', 1, 1],
      ['medium', 0, 0],
      ['complex', 1, 0],
    ]);
  });

  test('slow operations are named with their session, and the range is held', async () => {
    const day = await read();
    expect(day.slow).toEqual([
      expect.objectContaining({
        agent: 'bot',
        session: 's',
        name: 'read',
        durationMs: 9_000,
        status: 'error',
      }),
    ]);
    expect(day.waits).toMatchObject({ count: 1, maxMs: 400 });
    expect(day.tools.some(({ name }) => name === 'old')).toBe(false);
    expect((await read(7)).tools.some(({ name }) => name === 'old')).toBe(true);
  });

  test('uptime counts slots since the first heartbeat, with the newest gauges', async () => {
    const { agents } = await read();
    expect(agents.map(({ agent, uptime, gauges }) => [agent, Math.round(uptime.day * 100), gauges])).toEqual([
      ['gone', 1, { queueDepth: 600 }],
      ['steady', 100, { queueDepth: 1 }],
    ]);
    expect(agents[1]?.strip).toMatch(/^-{89}[1-3]{7}$/);
  });

  test('the longest duration that is accepted can be stored', async () => {
    const { results } = await openReplica(database.db, 3).send([operation({ durationMs: durationMsMax })]);
    expect(results.map(({ status }) => status)).toEqual(['accepted']);
    expect((await read(1, 3)).tools[0]?.maxMs).toBe(durationMsMax);
  });

  test('another project sees nothing of it', async () => {
    expect(await read(30, 2)).toMatchObject({ tools: [], prunes: [], slow: [], agents: [], pricedBy: null });
  });
});
