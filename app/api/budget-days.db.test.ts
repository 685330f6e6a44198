import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as budget from '#app/api/budgets/[id]/route.ts';
import * as budgets from '#app/api/budgets/route.ts';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { budgetAnswer, budgetExplanation } from '#lib/http/contract/budget-answer.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import { usageEvent } from '#lib/server/testing/events.ts';
import { openReplica } from '#lib/server/testing/ledger.ts';

const adminKey = 'an-admin-key-of-the-environment';
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  process.env['DATABASE_URL'] = base.url;
  process.env['PLIMSOLL_ADMIN_KEY'] = adminKey;
  await ensureProject(base.db);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await database().close();
  await base.close();
});

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, unknown>> },
) => Promise<Response> | Response;

async function ask(
  handler: Handler,
  { body, id }: { readonly body?: unknown; readonly id?: string },
): Promise<unknown> {
  const request = new Request('http://localhost:3000/api/budgets', {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  return response.json();
}

/** 60 cents a million tokens of answers, so that each sum tells which calls are in it. */
const call = (name: string, { agent, atMs, millions }: { agent: string; atMs: number; millions: number }) =>
  usageEvent({
    id: `${agent}-${name}`,
    agent,
    provider: 'openai',
    model: 'gpt-4o-mini',
    inputTokens: 0,
    outputTokens: millions * 1_000_000,
    ts: new Date(atMs).toISOString(),
  });

test.each([
  { timeZone: 'Europe/Berlin', start: '2026-03-28T23:00:00Z', end: '2026-03-29T22:00:00Z', hours: 23 },
  { timeZone: 'Europe/Berlin', start: '2026-10-24T22:00:00Z', end: '2026-10-25T23:00:00Z', hours: 25 },
  { timeZone: 'America/New_York', start: '2026-03-08T05:00:00Z', end: '2026-03-09T04:00:00Z', hours: 23 },
  { timeZone: 'America/New_York', start: '2026-11-01T04:00:00Z', end: '2026-11-02T05:00:00Z', hours: 25 },
])('a day of $hours hours in $timeZone counts what lies between its edges', async (day) => {
  const agent = `${day.timeZone}-${day.hours}`;
  const [startMs, endMs] = [Date.parse(day.start), Date.parse(day.end)];
  const made = await ask(budgets.POST, {
    body: {
      name: agent,
      scope: { agent },
      limitUsd: '100',
      period: 'day',
      timeZone: day.timeZone,
      hard: true,
    },
  });
  const { id } = budgetAnswer.parse(made);
  await openReplica(base.db).send([
    call('before', { agent, atMs: startMs - 1, millions: 1 }),
    call('first', { agent, atMs: startMs, millions: 2 }),
    call('last', { agent, atMs: endMs - 1, millions: 4 }),
    call('after', { agent, atMs: endMs, millions: 8 }),
  ]);
  const explainedAt = async (nowMs: number) => {
    vi.useFakeTimers({ now: nowMs, toFake: ['Date'] });
    return budgetExplanation.parse(await ask(budget.GET, { id }));
  };
  const whole = {
    budget: {
      spentUsd: '3.6',
      window: { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() },
      resetsAt: new Date(endMs).toISOString(),
    },
    ledgerUsd: '3.6',
    events: [{ costUsd: '2.4' }, { costUsd: '1.2' }],
  };
  expect(endMs - startMs).toBe(day.hours * 3_600_000);
  expect(await explainedAt(startMs)).toMatchObject(whole);
  expect(await explainedAt(endMs - 1)).toMatchObject(whole);
  expect(await explainedAt(startMs - 1)).toMatchObject({ budget: { spentUsd: '0.6' } });
  expect(await explainedAt(endMs)).toMatchObject({
    budget: { spentUsd: '4.8', window: { start: new Date(endMs).toISOString() } },
  });
});
