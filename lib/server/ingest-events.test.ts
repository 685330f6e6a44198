import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '#db/database.ts';
import { expireMessages } from '#db/queries/expire-messages.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import { compactor } from './jobs/compact.ts';
import { readUsage } from './read-usage.ts';
import { readMessage, readMessages } from './sessions/read-messages.ts';
import { readSession } from './sessions/read-session.ts';
import { readSessions } from './sessions/read-sessions.ts';
import { messageEvent, usageEvent } from './testing/events.ts';
import { compareSums, openReplica, type Replica } from './testing/ledger.ts';

let test_: TestDatabase;
let db: Database;
let replica: Replica;

beforeAll(async () => {
  test_ = await createTestDatabase();
  db = test_.db;
});
afterAll(() => test_.close());

beforeEach(async () => {
  await db.run(
    'truncate usage_events, pending_flushes, rollup_corrections, usage_rollups, sessions, messages, agents, models, price_versions, operations, heartbeats',
  );
  replica = openReplica(db);
});

const whole = {
  projectId: 1,
  fromMs: Date.UTC(2020, 0, 1),
  toMs: Date.UTC(2030, 0, 1),
  timeZone: 'UTC',
  bucket: 'total',
  groupBy: [],
} as const;

describe('exactly once', () => {
  test('one id sent 64 times at once, for 200 ids, is one row and one accepted each', async () => {
    const other = openDatabase({ url: test_.url, connectionsMax: 8 });
    const replicas = [replica, openReplica(other)];
    const ids = Array.from({ length: 200 }, (_, index) => `call-${index}`);
    const sends = Array.from({ length: 64 }, (_, round) =>
      replicas[round % 2]?.send(
        ids.map((id) => usageEvent({ id, ts: `2026-11-20T10:00:${10 + (round % 50)}Z` })),
      ),
    );
    const summaries = await Promise.all(sends);
    await other.close();
    const accepted = new Map<string, number>();
    for (const summary of summaries) {
      for (const { id, status } of summary?.results ?? []) {
        expect(['accepted', 'duplicate']).toContain(status);
        if (status === 'accepted' && id !== null) accepted.set(id, (accepted.get(id) ?? 0) + 1);
      }
    }
    expect([...accepted.values()]).toEqual(ids.map(() => 1));
    const { shown, raw } = await compareSums(db);
    expect(raw.calls).toBe('200');
    expect(shown.calls).toBe('200');
  });

  test('replicas that number a flush alike in the same millisecond both store theirs', async () => {
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 20));
    const replicas = Array.from({ length: 400 }, () => openReplica(db));
    const sends = replicas.map((one, index) =>
      one.send([usageEvent({ id: `flush-${index}`, session: null })]),
    );
    const summaries = await Promise.all(sends).finally(() => clock.mockRestore());
    expect(summaries.filter(({ accepted }) => accepted !== 1)).toEqual([]);
    await compactor(db)();
    expect((await compareSums(db)).shown.calls).toBe('400');
  });

  test('a row is stored whole, whichever columns its flush fills, and whether its ids were expected', async () => {
    const details: readonly Partial<UsageEvent>[] = [
      { requestedModel: 'claude-opus-4-5' },
      { cacheWrite1hTokens: 3 },
      { reasoningTokens: 2 },
      { reportedCostPicoUsd: 5n },
      { ttftMs: 40 },
      { status: 'error', error: 'too slow' },
      { requestBytes: 900, responseBytes: 0 },
      { session: null },
      { source: 'batch' },
      { attributes: '{"tool":"bash"}' },
      { latencyMs: null },
    ];
    for (const attempt of ['guessed', 'asked']) {
      const events = details.map((detail, index) => usageEvent({ ...detail, id: `${attempt}-${index}` }));
      for (const event of events) expect(await replica.send([event])).toMatchObject({ accepted: 1 });
      // What differs from what was sent would be a conflict.
      for (const event of events) expect(await replica.send([event])).toMatchObject({ duplicates: 1 });
    }
    const { shown, raw } = await compareSums(db);
    expect(shown.calls).toBe(raw.calls);
    expect(raw.calls).toBe(String(2 * details.length));
  });

  test('the same id in one batch is stored once', async () => {
    const event = usageEvent({ id: 'twice' });
    const { results } = await replica.send([event, event, { ...event, outputTokens: 5 }]);
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'conflict']);
  });

  test('the same id with another payload is a conflict and the first stays', async () => {
    await replica.send([usageEvent({ id: 'a', outputTokens: 7 })]);
    const summary = await replica.send([usageEvent({ id: 'a', outputTokens: 8 })]);
    expect(summary).toMatchObject({ accepted: 0, conflicts: 1 });
    const [row] = await readUsage(db, whole);
    expect(row?.tokens.output).toBe(7);
  });

  test('the same id at another time is the same event', async () => {
    await replica.send([usageEvent({ id: 'a', ts: '2026-11-20T10:00:00Z' })]);
    const summary = await replica.send([usageEvent({ id: 'a', ts: '2026-10-01T10:00:00Z' })]);
    expect(summary).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  test('an importer may raise the tokens of a streamed row, and the sums follow', async () => {
    const streamed = usageEvent({ id: 'a', outputTokens: 1, latencyMs: 100 });
    await replica.send([streamed]);
    await compactor(db)();
    const final = { ...streamed, outputTokens: 500, latencyMs: 9_000, onConflict: 'max' as const };
    expect(await replica.send([final])).toMatchObject({ raised: 1, conflicts: 0 });
    expect(await replica.send([{ ...streamed, onConflict: 'max' }])).toMatchObject({
      duplicates: 1,
      raised: 0,
    });
    for (const fold of [false, true]) {
      if (fold) await compactor(db)();
      const [row] = await readUsage(db, whole);
      expect(row).toMatchObject({ calls: 1, tokens: { output: 500 } });
      expect(Math.abs((row?.latencyMs.p50 ?? 0) / 9_000 - 1)).toBeLessThan(0.05);
    }
  });

  test('sums without percentiles are the same sums', async () => {
    await replica.send([usageEvent({ id: 'a', latencyMs: 100 }), usageEvent({ id: 'b', latencyMs: 200 })]);
    const none = { p50: null, p95: null, p99: null };
    for (const fold of [false, true]) {
      if (fold) await compactor(db)();
      const full = await readUsage(db, whole);
      expect(full[0]?.latencyMs.p50).not.toBeNull();
      expect(await readUsage(db, { ...whole, latency: false })).toEqual(
        full.map((row) => ({ ...row, latencyMs: none })),
      );
    }
  });

  test('operations and heartbeats too', async () => {
    const operation = {
      type: 'operation' as const,
      id: 'o',
      ts: '2026-11-20T10:00:00Z',
      tsMs: 0,
      agent: 'coder',
      session: 'session-1',
      name: 'read_file',
      kind: 'tool' as const,
      durationMs: 12,
      status: 'ok' as const,
      bytesBefore: null,
      bytesAfter: null,
      tokensBefore: null,
      tokensAfter: null,
      attributes: '{"path":"a"}',
    };
    const heartbeat = {
      type: 'heartbeat' as const,
      id: 'h',
      ts: operation.ts,
      tsMs: 0,
      agent: 'coder',
      gauges: '{"queue":3}',
    };
    expect(await replica.send([operation, heartbeat])).toMatchObject({ accepted: 2 });
    expect(await replica.send([operation, heartbeat])).toMatchObject({ duplicates: 2 });
    expect(
      await replica.send([
        { ...operation, durationMs: 13 },
        { ...heartbeat, gauges: '{"queue":4}' },
      ]),
    ).toMatchObject({ conflicts: 2 });
  });
});

test('in every snapshot rollups and deltas equal the events, with duplicates, late events and two replicas', async () => {
  const other = openDatabase({ url: test_.url, connectionsMax: 8 });
  const replicas = [replica, openReplica(other)];
  const fold = [compactor(db), compactor(other)];
  let writing = true;
  let checks = 0;
  const checker = (async () => {
    while (writing) {
      // One statement reads both, so that they are the same snapshot.
      const [row] = await db.run(`
        select (select coalesce(sum(calls), 0) from usage_rollups where project_id = 1 and scope = 0 and grain = 1440)
          + (select coalesce(sum(calls), 0) from rollup_deltas where project_id = 1) = (select count(*) from usage_events) as calls,
          (select coalesce(sum(cost_pico_usd), 0) from usage_rollups where project_id = 1 and scope = 4 and grain = 15)
          + (select coalesce(sum(cost_pico_usd), 0) from rollup_deltas where project_id = 1)
          = (select coalesce(sum(cost_pico_usd), 0) from usage_events) as cost,
          (select coalesce(sum(s.cost_pico_usd), 0) from sessions s) + (select coalesce(sum(cost_pico_usd), 0) from rollup_deltas)
          = (select coalesce(sum(cost_pico_usd), 0) from usage_events) as sessions`);
      expect(row).toEqual({ calls: true, cost: true, sessions: true });
      checks++;
    }
  })();
  const folder = (async () => {
    while (writing) {
      await Promise.all(fold.map((run) => run()));
      await pause(5);
    }
  })();
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let round = 0; round < 12; round++) {
      const events = Array.from({ length: 80 }, (__, index) => {
        const number = (writer % 3) * 1_000 + round * 80 + index;
        return usageEvent({
          id: `call-${number}`,
          agent: `agent-${number % 5}`,
          session: `session-${number % 40}`,
          model: number % 7 === 0 ? 'a-model-nobody-knows' : 'claude-sonnet-4-5',
          inputTokens: number,
          ts: new Date(Date.UTC(2026, 9, 1) + number * 997_000).toISOString(),
        });
      });
      await replicas[writer % 2]?.send(events);
    }
  });
  await Promise.all(writers);
  writing = false;
  await Promise.all([checker, folder]);
  await Promise.all(fold.map((run) => run()));
  await other.close();
  expect(checks).toBeGreaterThan(3);
  const { shown, raw } = await compareSums(db);
  expect({ ...shown, cost: shown.cost }).toEqual({ ...raw, cost: formatPicoUsd(BigInt(raw.cost)) });
  const [left] = await db.run('select count(*)::int as n from rollup_deltas');
  expect(left).toEqual({ n: 0 });
});

describe('usage', () => {
  test('is grouped by any names in any zone, and an edge within a quarter hour is exact', async () => {
    await replica.send([
      usageEvent({ id: 'a', agent: 'x', model: 'gpt-5', provider: 'openai', ts: '2026-11-20T18:29:59.999Z' }),
      usageEvent({ id: 'b', agent: 'x', ts: '2026-11-20T18:30:00Z', source: 'cron' }),
      usageEvent({ id: 'c', agent: 'y', ts: '2026-11-20T18:37:00Z', status: 'error' }),
    ]);
    for (const fold of [false, true]) {
      if (fold) await compactor(db)();
      const kolkata = await readUsage(db, {
        ...whole,
        fromMs: Date.parse('2026-11-19T18:30:00Z'),
        toMs: Date.parse('2026-11-21T18:30:00Z'),
        timeZone: 'Asia/Kolkata',
        bucket: 'day',
        groupBy: ['agent', 'model', 'source'],
      });
      expect(
        kolkata.map(({ start, agent, model, source, calls }) => [start, agent, model, source, calls]),
      ).toEqual([
        ['2026-11-19T18:30:00.000Z', 'x', 'gpt-5', 'direct', 1],
        ['2026-11-20T18:30:00.000Z', 'x', 'claude-sonnet-4-5', 'cron', 1],
        ['2026-11-20T18:30:00.000Z', 'y', 'claude-sonnet-4-5', 'direct', 1],
      ]);
      const [edge] = await readUsage(db, {
        ...whole,
        fromMs: Date.parse('2026-11-20T18:29:59.999Z'),
        toMs: Date.parse('2026-11-20T18:37:00Z'),
      });
      expect(edge?.calls).toBe(2);
      const byAgent = await readUsage(db, { ...whole, groupBy: ['agent'] });
      const { length } = byAgent;
      expect(await readUsage(db, { ...whole, groupBy: ['agent'], rowsMax: length })).toEqual(byAgent);
      await expect(
        readUsage(db, { ...whole, groupBy: ['agent'], rowsMax: length - 1 }),
      ).rejects.toMatchObject({ code: 'invalid_query' });
      const byProvider = await readUsage(db, { ...whole, groupBy: ['provider'] });
      expect(byProvider.map(({ provider, calls }) => [provider, calls])).toEqual([
        ['anthropic', 2],
        ['openai', 1],
      ]);
      expect(byProvider[0]).not.toHaveProperty('agent');
    }
  });

  test('every measure is the same before and after it is folded', async () => {
    await replica.send(
      Array.from({ length: 40 }, (_, index) =>
        usageEvent({
          id: `measure-${index}`,
          inputTokens: 11 * index,
          cacheReadTokens: 7 * index,
          cacheWrite5mTokens: 5 * index,
          cacheWrite1hTokens: 3 * index,
          outputTokens: 2 * index,
          reasoningTokens: index,
          model: index % 3 === 0 ? 'nobody-knows' : 'claude-sonnet-4-5',
          status: index % 4 === 0 ? 'error' : 'ok',
          reportedCostPicoUsd: index % 5 === 0 ? BigInt(index) * 1_000n : null,
          latencyMs: index % 6 === 0 ? null : index ** 3,
        }),
      ),
    );
    const query = { ...whole, groupBy: ['agent', 'model', 'source'] as const };
    const fresh = await readUsage(db, query);
    await compactor(db)();
    expect(await readUsage(db, query)).toEqual(fresh);
    expect(fresh.reduce((sum, { calls }) => sum + calls, 0)).toBe(40);
  });

  test('sums past 2^63 neither overflow nor stop the compactor', async () => {
    const events = Array.from({ length: 1_100 }, (_, index) =>
      usageEvent({ id: `big-${index}`, model: 'unknown-model', inputTokens: Number.MAX_SAFE_INTEGER }),
    );
    await replica.send(events.slice(0, 600));
    await replica.send(events.slice(600));
    await compactor(db)();
    const [row] = await db.run(
      'select sum(input_tokens)::text as tokens from usage_rollups where scope = 0 and grain = 15',
    );
    expect(row).toEqual({ tokens: String(BigInt(Number.MAX_SAFE_INTEGER) * 1_100n) });
  });

  test('a model that nobody has a price for is unpriced, not free', async () => {
    await replica.send([usageEvent({ id: 'a', model: 'my-own-model', inputTokens: 70, outputTokens: 30 })]);
    const [row] = await readUsage(db, whole);
    expect(row).toMatchObject({ costUsd: '0', unpricedTokens: 100 });
  });
});

describe('messages', () => {
  test('get dense numbers in order, whatever arrives at once', async () => {
    const other = openDatabase({ url: test_.url, connectionsMax: 8 });
    const replicas = [replica, openReplica(other)];
    await Promise.all(
      Array.from({ length: 20 }, (_, round) =>
        replicas[round % 2]?.send(
          Array.from({ length: 10 }, (__, index) => messageEvent({ id: `m-${(round >> 1) * 10 + index}` })),
        ),
      ),
    );
    await other.close();
    const page = await readMessages(db, { projectId: 1, id: 'session-1', from: 0, limit: 200 });
    expect(page.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, seq) => seq));
    expect(new Set(page.messages.map(({ id }) => id)).size).toBe(100);
    expect(await readSession(db, { projectId: 1, id: 'session-1', nowMs: 0 })).toMatchObject({
      messages: 100,
      bytes: 500,
    });
  });

  test.each([
    ['plain text', 'hello'],
    ['an empty text', ''],
    ['U+0000 and lone surrogates', 'a\u0000b \ud800 \udc00 c'],
    ['20 KB of text', 'wörds and \u{1f600} '.repeat(1_000)],
    ['hidden and bidirectional characters', '\u202e\u200b\u{e0041}'],
    ['quotes, braces and backslashes', '{"a\\": "\\\\", NULL, {}}'],
    [
      'parts',
      [
        { type: 'text', text: 'x\u0000' },
        { type: 'image', source: { data: 'aGk=' } },
      ],
    ],
  ])('%s reads back exactly', async (_, content) => {
    await replica.send([messageEvent({ id: 'm', content })]);
    const message = await readMessage(db, { projectId: 1, id: 'session-1', seq: 0 });
    expect(JSON.stringify(message.content)).toBe(JSON.stringify(content));
    expect(message.truncated).toBe(false);
  });

  test('a body over 1 MiB is cut with a mark and its true size', async () => {
    const content = '\u{1f600}'.repeat(400_000);
    await replica.send([messageEvent({ id: 'm', content })]);
    const message = await readMessage(db, { projectId: 1, id: 'session-1', seq: 0 });
    expect(message).toMatchObject({ truncated: true, bytes: 1_600_000 });
    expect(content.startsWith(String(message.content))).toBe(true);
    expect(String(message.content).length).toBeGreaterThan(500_000);
  });

  test('secrets are taken out before anything is stored, and counted', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const summary = await replica.send([messageEvent({ id: 'm', content: `token ${secret}` })]);
    expect(summary.redacted).toBe(1);
    const [stored] = await db.run('select preview, body from messages');
    expect(JSON.stringify(stored)).not.toContain(secret);
    const message = await readMessage(db, { projectId: 1, id: 'session-1', seq: 0 });
    expect(message).toMatchObject({ content: 'token [redacted:github-token]', redactions: 1 });
  });

  test('the key that a provider refused is taken out of the error of its call, and counted', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const failed = usageEvent({ id: 'refused', status: 'error', error: `401: ${secret} is not valid` });
    expect(await replica.send([failed])).toMatchObject({ accepted: 1, redacted: 1 });
    const [stored] = await db.run('select error from usage_events');
    expect(stored).toEqual({ error: '401: [redacted:github-token] is not valid' });
    expect(await replica.send([failed])).toMatchObject({ duplicates: 1 });
  });

  test('an expired message does not come back when it is sent again, and its spend stays', async () => {
    const message = messageEvent({ id: 'm', ts: '2026-10-01T00:00:00Z' });
    await replica.send([message, messageEvent({ id: 'n' }), usageEvent({ id: 'u' })]);
    const before = new Date('2026-11-01T00:00:00Z');
    expect(await expireMessages(db, { projectId: 1, before, limit: 100 })).toBe(1);
    expect(await replica.send([message])).toMatchObject({ accepted: 0, duplicates: 1 });
    const page = await readMessages(db, { projectId: 1, id: 'session-1', from: 0, limit: 10 });
    expect(page.messages).toMatchObject([
      { seq: 0, cleared: true, preview: null },
      { seq: 1, cleared: false, preview: 'hello' },
    ]);
    expect(await readSession(db, { projectId: 1, id: 'session-1', nowMs: 0 })).toMatchObject({
      messages: 1,
      calls: 1,
    });
  });

  test('ids that were cleared away stay away', async () => {
    await replica.send([messageEvent({ id: 'm' }), messageEvent({ id: 'n' })]);
    await db.run(
      'update sessions set epoch = epoch + 1, cleared_through_seq = last_seq where project_id = 1',
    );
    expect(await replica.send([messageEvent({ id: 'm' })])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect((await readMessages(db, { projectId: 1, id: 'session-1', from: 0, limit: 10 })).messages).toEqual(
      [],
    );
  });
});

test('sessions are listed in every order with what is not folded yet, page by page', async () => {
  const events = Array.from({ length: 30 }, (_, index) =>
    usageEvent({
      id: `u-${index}`,
      session: `session-${index}`,
      inputTokens: 1_000 + ((index * 7) % 30),
      ts: new Date(Date.UTC(2026, 10, 1, 0, (index * 11) % 30)).toISOString(),
    }),
  );
  await replica.send(events.slice(0, 20));
  await compactor(db)();
  await replica.send(events.slice(20));
  for (const sort of ['tokens', 'cost', 'context', 'lastActivity', 'bytes', 'messages'] as const) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await readSessions(db, { projectId: 1, sort, agent: null, query: null, limit: 7, cursor });
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(30);
    if (sort === 'tokens' || sort === 'cost' || sort === 'context') {
      expect(seen[0]).toBe(`session-${events.findIndex(({ inputTokens }) => inputTokens === 1_029)}`);
    }
  }
});
