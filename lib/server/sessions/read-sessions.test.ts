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
    ['by text in any case', { query: 'S-5' }, (index: number) => index === 5 || index >= 50],
    ['by text without letters', { query: '-5' }, (index: number) => index === 5 || index >= 50],
    ['by text that none has', { query: 's_5%' }, () => false],
    ['by text and agent', { query: 's-5', agent: 'few' }, (index: number) => index >= 55],
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

test('a text in another script is found in any case', async () => {
  const { send } = openReplica(base.db, 2);
  await send(
    ['Прогон-1', 'ПРОГОН-2', 'другое'].map((session, index) => usageEvent({ id: `w${index}`, session })),
  );
  expect([...(await listAll({ projectId: 2, query: 'прогон' }))].sort()).toEqual(['ПРОГОН-2', 'Прогон-1']);
});

describe('among twelve thousand sessions', () => {
  const projectId = 3;
  const numbers = Array.from({ length: 12_000 }, (_, index) => index + 1);

  beforeAll(async () => {
    await openReplica(base.db, projectId).send([usageEvent({ id: 'first', session: 'Run-0' })]);
    await compactor(base.db)();
    await base.db.run(
      `insert into agents (project_id, id, name) values ($1::int, 900, 'third'), ($1::int, 901, 'others')`,
      [projectId],
    );
    await base.db.run(
      `insert into sessions (project_id, id, external_id, agent_id, tokens, first_activity, last_activity)
       select $1::int, 1000000 + n, 'Run-' || n, case when n % 3 = 0 then 900 else 901 end, n, now(), now()
       from generate_series(1, 12000) n`,
      [projectId],
    );
    await base.db.run(
      `insert into models (project_id, id, provider, name)
       select $1::int, 900 + n, 'x', 'every-' || n from unnest(array[1, 4, 100]) n`,
      [projectId],
    );
    await base.db.run(
      `insert into session_uses (project_id, session_id, model_id, source, calls, tokens, cost_pico_usd)
       select $1::int, 1000000 + n, 900 + every, 0, 1, 1, 1 from generate_series(1, 12000) n, unnest(array[1, 4, 100]) every
       where n % every = 0`,
      [projectId],
    );
  });

  test.each([
    ['all of them', { model: 'every-1' }, () => true],
    ['thousands', { model: 'every-4' }, (n: number) => n % 4 === 0],
    ['some', { model: 'every-100' }, (n: number) => n % 100 === 0],
    ['those of an agent', { agent: 'third' }, (n: number) => n % 3 === 0],
    ['thousands of an agent', { agent: 'third', model: 'every-4' }, (n: number) => n % 12 === 0],
    ['those with a text', { query: 'rUn-1' }, (n: number) => `${n}`.startsWith('1')],
    ['those with a common text and a model', { query: 'n-', model: 'every-4' }, (n: number) => n % 4 === 0],
    [
      'those with a text and a model',
      { query: '-77', model: 'every-4' },
      (n: number) => n % 4 === 0 && `${n}`.startsWith('77'),
    ],
    [
      'those with a model among thousands with a text',
      { query: '1', model: 'every-4' },
      (n: number) => n % 4 === 0 && `${n}`.includes('1'),
    ],
    [
      'those with a rare model among thousands with a text',
      { query: '1', model: 'every-100' },
      (n: number) => n % 100 === 0 && `${n}`.includes('1'),
    ],
    [
      'those of an agent with a text and a model',
      { agent: 'third', query: '1', model: 'every-4' },
      (n: number) => n % 12 === 0 && `${n}`.includes('1'),
    ],
    ['those with a common text', { query: 'RUN' }, () => true],
    ['thousands with a text', { query: '1' }, (n: number) => `${n}`.includes('1')],
    ['those with a text that only small ones have', { query: '-5' }, (n: number) => `${n}`.startsWith('5')],
    [
      'those of an agent with a text',
      { agent: 'third', query: '1' },
      (n: number) => n % 3 === 0 && `${n}`.includes('1'),
    ],
    [
      'thousands of an agent with a model that all have',
      { agent: 'third', model: 'every-1' },
      (n: number) => n % 3 === 0,
    ],
    ['none, by a text', { query: 'zzz', model: 'every-1' }, () => false],
  ])('a filter finds %s, the largest first', async (_, filter, passes) => {
    const found = await listAll({ projectId, limit: 200, ...filter });
    const wanted = numbers.filter(passes).reverse();
    expect(found.filter((id) => id !== 'Run-0')).toEqual(wanted.map((n) => `Run-${n}`));
  });
});

test.each([
  ['bytes', '9223372036854775808'],
  ['context', '9'.repeat(40)],
  ['messages', '-1'],
  ['cost', '1e5'],
  ['lastActivity', '9999999999'],
  ['lastActivity', '2026-02-30 00:00:00+00'],
  ['lastActivity', '2026-11-26 25:00:00+00'],
  ['lastActivity', '..........'],
] as const)('a cursor by %s with %s in it is refused, not a failure of ours', async (sort, value) => {
  const cursor = Buffer.from(JSON.stringify([sort, value, 1])).toString('base64url');
  const query = { projectId: 1, sort, agent: null, query: null, limit: 1, cursor };
  await expect(readSessions(base.db, query)).rejects.toMatchObject({ code: 'invalid_query' });
});
