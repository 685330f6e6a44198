import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { sessionAnswer } from '#lib/http/contract/session-answer.ts';
import { messageEvent, usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { readSession } from './read-session.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.close());

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 20, 10, minute, second)).toISOString();
const send = (session: string, events: Parameters<ReturnType<typeof openReplica>['send']>[0]) =>
  openReplica(base.db).send(events.map((event) => ({ ...event, session, id: `${session} ${event.id}` })));

async function read(id: string, nowMs = Date.parse(at(10))) {
  // What leaves by the API has to pass its own contract.
  return sessionAnswer.parse(await readSession(base.db, { projectId: 1, id, nowMs }));
}

test('the context is shown with its parts, and what reading again has cost', async () => {
  await send('grown', [
    messageEvent({ id: 'm0', ts: at(0), tokens: 1_000 }),
    usageEvent({ id: 'c0', ts: at(0, 10), inputTokens: 1_500 }),
    messageEvent({ id: 'm1', ts: at(0, 20), role: 'assistant', tokens: 500 }),
    messageEvent({
      id: 'm2',
      ts: at(0, 30),
      role: 'tool',
      kind: 'tool_result',
      toolName: 'gateway',
      tokens: 4_000,
      content: 'x'.repeat(9_000),
    }),
    usageEvent({ id: 'c1', ts: at(1), inputTokens: 6_000 }),
    messageEvent({
      id: 'm3',
      ts: at(1, 30),
      role: 'tool',
      kind: 'tool_result',
      toolName: 'gateway',
      tokens: 4_000,
      content: 'x'.repeat(9_000),
    }),
    usageEvent({ id: 'c2', ts: at(2), inputTokens: 10_000 }),
  ]);
  const session = await read('grown');
  expect(session.growth.map(({ parts }) => parts)).toEqual([
    { system: 500, user: 1_000, assistant: 0, tool: 0 },
    { system: 500, user: 1_000, assistant: 500, tool: 4_000 },
    { system: 500, user: 1_000, assistant: 500, tool: 8_000 },
  ]);
  // 3 USD a million input tokens: the first result was sent twice, the second once.
  expect(session.culprits.slice(0, 2)).toEqual([
    expect.objectContaining({ seq: 2, copies: 2, rereads: 2, rereadTokens: 8_000, rereadCostUsd: '0.024' }),
    expect.objectContaining({ seq: 3, copies: 2, rereads: 1, rereadTokens: 4_000, rereadCostUsd: '0.012' }),
  ]);
  expect(session.tools).toEqual([
    {
      toolName: 'gateway',
      messages: 2,
      bytes: 18_000,
      tokens: 8_000,
      rereads: 3,
      rereadTokens: 12_000,
      rereadCostUsd: '0.036',
    },
  ]);
  expect(session.outlook).toMatchObject({ callsSeen: 3, tokensPerCall: 4_250 });
  expect((await read('grown', Date.parse(at(10)) + 7 * 86_400_000)).outlook).toBeNull();
});

test('a compaction is marked and ends the reading of what came before', async () => {
  await send('compacted', [
    messageEvent({ id: 'm0', ts: at(0), tokens: 900 }),
    usageEvent({ id: 'c0', ts: at(1), inputTokens: 900 }),
    messageEvent({ id: 's', ts: at(2), role: 'system', kind: 'summary', tokens: 100 }),
    usageEvent({ id: 'c1', ts: at(3), inputTokens: 600 }),
  ]);
  const session = await read('compacted');
  expect(session.growth.map(({ compacted }) => compacted)).toEqual([false, true]);
  expect(session.culprits.find(({ seq }) => seq === 0)?.rereads).toBe(1);
  expect(session.culprits.find(({ seq }) => seq === 1)?.rereads).toBe(1);
});

test('failed calls are no dip of the context, and a session that only fails says so', async () => {
  await send('dead', [
    usageEvent({ id: 'c0', ts: at(0), inputTokens: 190_000 }),
    ...[1, 2, 3, 4].map((minute) =>
      usageEvent({
        id: `f${minute}`,
        ts: at(minute),
        inputTokens: 0,
        outputTokens: 0,
        status: 'error',
        error: 'too long',
      }),
    ),
  ]);
  const session = await read('dead');
  expect(session).toMatchObject({
    contextTokens: 190_000,
    model: 'claude-sonnet-4-5',
    failing: { calls: 4, error: 'too long', since: at(1) },
  });
  expect(session.growth).toHaveLength(1);
});

test('sub-agents are counted in the uses and left out of the context', async () => {
  await send('with-subagents', [
    usageEvent({ id: 'c0', ts: at(0), inputTokens: 50_000 }),
    usageEvent({ id: 'a0', ts: at(1), inputTokens: 2_000, source: 'subagent', model: 'claude-haiku-4-5' }),
    usageEvent({ id: 'c1', ts: at(2), inputTokens: 60_000 }),
  ]);
  const session = await read('with-subagents');
  expect(session.growth.map(({ contextTokens, compacted }) => [contextTokens, compacted])).toEqual([
    [50_000, false],
    [60_000, false],
  ]);
  expect(session.uses.map(({ source, calls }) => [source, calls])).toEqual([
    ['direct', 2],
    ['subagent', 1],
  ]);
});

test('a model without a price makes no costs up', async () => {
  await send('unpriced', [
    messageEvent({ id: 'm', ts: at(0), tokens: 10 }),
    usageEvent({ id: 'c', ts: at(1), model: 'a-model-nobody-knows', provider: 'nobody' }),
  ]);
  const session = await read('unpriced');
  expect(session.culprits[0]).toMatchObject({ rereads: 1, rereadCostUsd: null });
  expect(session.outlook).toBeNull();
});
