import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { sessionSorts } from '#lib/sessions/session-sort.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { compactor } from '../jobs/compact.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { readSessions, type SessionsQuery } from './read-sessions.ts';

let base: TestDatabase;

/** 60 sessions of growing weight; every tenth also on another model, of the last agent, by a heartbeat. */
const calls = Array.from({ length: 60 }, (_, index) => ({ session: `s-${index}`, index }));
const isRare = (index: number) => index % 10 === 3;

beforeAll(async () => {
  base = await createTestDatabase();
  const { send } = openReplica(base.db);
  const events = calls.flatMap(({ session, index }) => [
    usageEvent({ id: `${session}-a`, session, inputTokens: 1_000 + index, agent: agentOf(index) }),
    ...(isRare(index)
      ? [
          usageEvent({
            id: `${session}-b`,
            session,
            inputTokens: 5,
            agent: agentOf(index),
            model: 'claude-haiku-4-5',
            source: 'heartbeat',
          }),
        ]
      : []),
  ]);
  await send(events.slice(0, 40));
  await compactor(base.db)();
  // The rest stays in deltas, so that both halves of the question are asked.
  await send(events.slice(40));
});
afterAll(() => base.close());

const agentOf = (index: number) => (index >= 55 ? 'few' : 'many');

async function listAll(filter: Partial<SessionsQuery>): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { projectId: 1, sort: 'tokens', agent: null, query: null, limit: 7, ...filter } as const;
    const page = await readSessions(base.db, { ...query, cursor });
    ids.push(...page.sessions.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

const expected = (passes: (index: number) => boolean) =>
  calls
    .filter(({ index }) => passes(index))
    .map(({ session }) => session)
    .sort();

describe('sessions can be narrowed', () => {
  test.each([
    ['by model', { model: 'claude-haiku-4-5' }, isRare],
    ['by a model that all have', { model: 'claude-sonnet-4-5' }, () => true],
    ['by a model that none has', { model: 'claude' }, () => false],
    ['by source', { source: 'heartbeat' as Source }, isRare],
    ['by a call that has both', { source: 'heartbeat' as Source, model: 'claude-sonnet-4-5' }, () => false],
    ['by agent', { agent: 'few' }, (index: number) => index >= 55],
    [
      'by agent and model',
      { agent: 'many', model: 'claude-haiku-4-5' },
      (index: number) => isRare(index) && index < 55,
    ],
    ['by model and text', { query: 'S-5', model: 'claude-haiku-4-5' }, (index: number) => index === 53],
  ])('%s: page by page each that passes once, in every order', async (_, filter, passes) => {
    for (const sort of sessionSorts) {
      expect([...(await listAll({ ...filter, sort }))].sort()).toEqual(expected(passes));
    }
  });
});

test('the order holds across pages and across what is folded and what is not', async () => {
  const ids = await listAll({ source: 'direct' });
  const tokens = (id: string) => {
    const index = Number(id.slice(2));
    return 1_100 + index + (isRare(index) ? 105 : 0);
  };
  expect(ids.map(tokens)).toEqual(ids.map(tokens).sort((a, b) => b - a));
  expect(ids).toHaveLength(60);
});
