import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { messageEvent, usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { readPostMortem } from './read-post-mortem.ts';
import { readWhatIf } from './read-what-if.ts';

const off = {
  resultBytesMax: null,
  historyBytesMax: null,
  contextTokensMax: null,
  contextMessagesMax: null,
  pairsMax: null,
};
const nowMs = Date.parse('2026-11-20T10:30:00Z');
const at = (second: number) => new Date(Date.parse('2026-11-20T10:00:00Z') + second * 1_000).toISOString();
let database: TestDatabase;

/** Twelve turns, each with a tool result of 80 KB in words: about 20,000 tokens. */
function deadSession() {
  const answer = JSON.stringify({
    rows: Array.from({ length: 2_000 }, (_, id) => ({ id, text: 'words of a row in full' })),
  });
  return Array.from({ length: 12 }, (_, turn) => {
    const call = { toolName: 'query', toolCallId: `c${turn}` };
    return [
      messageEvent({ id: `u${turn}`, content: 'again, please', ts: at(turn * 10) }),
      messageEvent({
        id: `c${turn}`,
        role: 'assistant',
        kind: 'tool_call',
        content: `{"n":${turn}}`,
        ts: at(turn * 10 + 1),
        ...call,
      }),
      messageEvent({
        id: `r${turn}`,
        role: 'tool',
        kind: 'tool_result',
        content: answer.replace('"id":0', `"id":-${turn}`),
        ts: at(turn * 10 + 2),
        ...call,
      }),
      messageEvent({ id: `a${turn}`, role: 'assistant', content: 'There it is.', ts: at(turn * 10 + 3) }),
    ];
  }).flat();
}

beforeAll(async () => {
  database = await createTestDatabase();
  await openReplica(database.db).send([
    ...deadSession(),
    usageEvent({ id: 'first', inputTokens: 100_000, ts: at(1) }),
    usageEvent({ id: 'last', inputTokens: 198_000, ts: at(2), status: 'error', error: 'prompt is too long' }),
  ]);
});
afterAll(() => database.close());

describe('a dead session', () => {
  const ask = (
    rules: Partial<typeof off> | Record<string, number>,
    model: { readonly provider: string; readonly model: string } | null = null,
  ) =>
    readWhatIf(database.db, {
      projectId: 1,
      id: 'session-1',
      rules: { ...off, ...rules },
      model,
      nowMs,
      overrides: [],
      elapsedMs: () => performance.now(),
    });

  test('replayed as it was is what it was, with where it died', async () => {
    const { before, after, messages, messagesReplayed } = await ask({});
    expect([messages, messagesReplayed]).toEqual([48, 48]);
    expect(after).toEqual(before);
    expect(before.diesAtCall).toBeGreaterThan(1);
    expect(before.model).toBe('claude-sonnet-4-5');
  });

  test('lives with results shortened, for a small part of the tokens', async () => {
    const { before, after, resultsShortened, steps } = await ask({ resultBytesMax: 10_240 });
    expect(after.diesAtCall).toBe(null);
    expect(resultsShortened).toBe(12);
    expect(after.tokens).toBeLessThan(before.tokens / 10);
    expect(steps).toHaveLength(before.calls);
  });

  test('another model has its own price and window', async () => {
    const { before, after, windowTokens } = await ask({}, { provider: 'google', model: 'gemini-2.5-flash' });
    expect(after.model).toBe('gemini-2.5-flash');
    expect(windowTokens).toBeGreaterThan(1_000_000);
    expect(Number(after.costUsd)).toBeLessThan(Number(before.costUsd));
    expect(after.diesAtCall).toBe(null);
  });

  test('a long one is replayed whole, or as far as the time allows, and that is said', async () => {
    const messages = Array.from({ length: 1_200 }, (_, index) =>
      messageEvent({
        id: `l${index}`,
        session: 'long',
        role: index % 2 === 0 ? 'user' : 'assistant',
        ts: at(index),
      }),
    );
    await openReplica(database.db).send(messages);
    const input = { projectId: 1, id: 'long', rules: off, model: null, nowMs, overrides: [] };
    const whole = await readWhatIf(database.db, { ...input, elapsedMs: () => 0 });
    expect(whole).toMatchObject({ messages: 1_200, messagesReplayed: 1_200, stoppedBy: null });
    expect(whole.before.calls).toBe(600);
    expect(whole.steps.length).toBeLessThanOrEqual(100);
    expect(whole.steps.at(-1)?.call).toBe(600);
    let reads = 0;
    const late = await readWhatIf(database.db, { ...input, elapsedMs: () => (reads++ > 700 ? 20_000 : 0) });
    expect(late).toMatchObject({ messagesReplayed: 700, stoppedBy: 'time' });
  });

  test('nobody waits for a replay that was given up', async () => {
    const gone = readWhatIf(database.db, {
      projectId: 1,
      id: 'session-1',
      rules: off,
      model: null,
      nowMs,
      overrides: [],
      elapsedMs: () => 0,
      signal: AbortSignal.abort(),
    });
    await expect(gone).rejects.toThrow(/abort/);
  });

  test('its post-mortem names overflow, the culprit and the rule', async () => {
    const found = await readPostMortem(database.db, { projectId: 1, id: 'session-1', nowMs });
    expect(found).toMatchObject({
      cause: 'overflow',
      rule: 'resultBytesMax',
      culprit: { toolName: 'query' },
    });
    expect(found.steps.map(({ growthTokens, status }) => [growthTokens, status])).toEqual([
      [null, 'ok'],
      [98_000, 'error'],
    ]);
  });

  test('one that does not exist is not found', async () => {
    await expect(readPostMortem(database.db, { projectId: 1, id: 'nowhere', nowMs })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
