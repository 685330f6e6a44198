import { afterAll, beforeAll, expect, test } from 'vitest';
import * as budget from '#app/api/budgets/[id]/route.ts';
import * as budgets from '#app/api/budgets/route.ts';
import * as estimate from '#app/api/estimate/route.ts';
import * as release from '#app/api/holds/[id]/release/route.ts';
import * as hold from '#app/api/holds/[id]/route.ts';
import * as settle from '#app/api/holds/[id]/settle/route.ts';
import * as holds from '#app/api/holds/route.ts';
import * as settings from '#app/api/settings/route.ts';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { newHold } from '#lib/budget/new-hold.ts';
import { budgetAnswer, budgetExplanation, budgetsAnswer } from '#lib/http/contract/budget-answer.ts';
import { estimateAnswer, holdAnswer } from '#lib/http/contract/hold-answer.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import { openHoldDesk } from '#lib/server/holds/hold-desk.ts';
import { takeHold } from '#lib/server/holds/take-hold.ts';

const adminKey = 'an-admin-key-of-the-environment';
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  process.env['DATABASE_URL'] = base.url;
  process.env['PLIMSOLL_ADMIN_KEY'] = adminKey;
  await ensureProject(base.db);
});
afterAll(async () => {
  await database().close();
  await base.close();
});

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, unknown>> },
) => Promise<Response> | Response;

async function ask(handler: Handler, method: string, { body, id }: { body?: unknown; id?: string } = {}) {
  const request = new Request('http://localhost:3000/api/x', {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const monthly = {
  name: 'Monthly',
  limitUsd: '0.5',
  period: 'month',
  timeZone: 'Asia/Kolkata',
  hard: true,
  scope: { agent: 'bot-*' },
};

test('a budget lives from its making to its removal, and explains what was held against it', async () => {
  const made = await ask(budgets.POST, 'POST', { body: monthly });
  expect(made.status).toBe(201);
  const { id, resetsAt } = budgetAnswer.parse(made.json);

  const call = {
    agent: 'bot-1',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 10_000,
    maxOutputTokens: 1_000,
  };
  const guess = await ask(estimate.POST, 'POST', { body: { ...call, maxOutputTokens: 40_000 } });
  expect(estimateAnswer.parse(guess.json).crosses).toEqual([{ id, name: 'Monthly', hard: true }]);

  const held = await ask(holds.POST, 'POST', { body: { id: 'call/1', ...call } });
  expect(held.status).toBe(201);
  // 10,000 tokens at most at the rate of an hour's cache write, 6 USD a million, and 1,000 of output at 15.
  expect(holdAnswer.parse(held.json)).toMatchObject({ state: 'live', amountUsd: '0.075' });
  expect((await ask(holds.POST, 'POST', { body: { id: 'call/1', ...call } })).json.amountUsd).toBe('0.075');
  const other = await ask(holds.POST, 'POST', { body: { id: 'call/1', agent: 'bot-1', amountUsd: '1' } });
  expect(other).toMatchObject({ status: 409, json: { code: 'conflict' } });

  const refused = await ask(holds.POST, 'POST', {
    body: { id: 'call/2', agent: 'bot-2', amountUsd: '0.43' },
  });
  expect(refused).toMatchObject({
    status: 402,
    json: {
      code: 'budget_exceeded',
      budget: { id, name: 'Monthly' },
      unit: 'usd',
      limit: '0.5',
      spent: '0',
      held: '0.075',
      requested: '0.43',
      resetsAt,
    },
  });
  const free = await ask(holds.POST, 'POST', { body: { id: 'call/3', agent: 'other', amountUsd: '7' } });
  expect(free.status).toBe(201);

  const usage = { inputTokens: 1_000, outputTokens: 100 };
  const settled = await ask(settle.POST, 'POST', { id: 'call/1', body: { usage } });
  expect(settled).toMatchObject({ status: 200, json: { state: 'settled', costUsd: '0.0045' } });
  expect((await ask(release.POST, 'POST', { id: 'call/1' })).status).toBe(409);
  expect((await ask(hold.GET, 'GET', { id: 'call/1' })).json.state).toBe('settled');
  expect((await ask(settle.POST, 'POST', { id: 'nobody', body: { amountUsd: '1' } })).status).toBe(404);

  const explained = budgetExplanation.parse((await ask(budget.GET, 'GET', { id })).json);
  expect(explained).toMatchObject({
    ledgerUsd: '0',
    budget: { spentUsd: '0.0045', settledUsd: '0.0045', heldUsd: '0', leftUsd: '0.4955' },
    holds: [{ state: 'settled', count: 1, amountUsd: '0.075', withoutEventUsd: '0.0045' }],
  });

  const changed = await ask(budget.PATCH, 'PATCH', { id, body: { limitUsd: '0.001', period: 'day' } });
  expect(changed).toMatchObject({
    status: 200,
    json: { limitUsd: '0.001', period: 'day', timeZone: 'Asia/Kolkata' },
  });
  expect((await ask(budget.PATCH, 'PATCH', { id, body: { limitUsd: null } })).status).toBe(400);
  const all = budgetsAnswer.parse((await ask(budgets.GET, 'GET')).json);
  expect(all.budgets.map((one) => one.id)).toEqual([id]);
  expect((await ask(budget.DELETE, 'DELETE', { id })).status).toBe(204);
  expect((await ask(budget.GET, 'GET', { id })).status).toBe(404);
  expect((await ask(budgets.GET, 'GET')).json.budgets).toEqual([]);
});

test('the settings make a hold smaller than the most that its call can cost', async () => {
  const body = {
    agent: 'bot-9',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 10_000,
    maxOutputTokens: 1_000,
  };
  const change = async (patch: object) =>
    expect((await ask(settings.PATCH, 'PATCH', { body: patch })).status).toBe(200);
  const at = (nowMs: number) => openHoldDesk(database(), () => nowMs);
  const nowMs = Date.now();
  const take = (desk: ReturnType<typeof at>, id: string) => takeHold(desk, 1, newHold.parse({ id, ...body }));
  expect(await take(at(nowMs), 's1')).toMatchObject({ amountUsd: '0.075' });
  await change({ holdBasis: 'likely' });
  // Fresh input at 3 USD a million, and as much output as asked, because the agent has no history.
  expect(await take(at(nowMs + 6_000), 's2')).toMatchObject({ amountUsd: '0.045' });
  await change({ holdCapUsd: '0.01' });
  expect(await take(at(nowMs + 12_000), 's3')).toMatchObject({ amountUsd: '0.01' });
  await change({ holdBasis: 'upper', holdCapUsd: null });
});

test('what cannot be priced is not free: it is asked for its amount', async () => {
  const call = { agent: 'bot', provider: 'nobody', model: 'unheard-of', inputTokens: 5, maxOutputTokens: 5 };
  expect(await ask(holds.POST, 'POST', { body: { id: 'x', ...call } })).toMatchObject({ status: 400 });
  expect(await ask(holds.POST, 'POST', { body: { id: 'x', agent: 'bot' } })).toMatchObject({ status: 400 });
  expect((await ask(holds.POST, 'POST', { body: { id: 'x', ...call, amountUsd: '0.1' } })).status).toBe(201);
  expect(await ask(estimate.POST, 'POST', { body: call })).toMatchObject({ status: 400 });
});

test('a call without a provider is priced as the dearest that its model can be, and settled', async () => {
  const call = { agent: 'nameless', model: 'claude-sonnet-4-5', inputTokens: 1_000, maxOutputTokens: 100 };
  const held = await ask(holds.POST, 'POST', { body: { id: 'n1', ...call } });
  expect(held).toMatchObject({ status: 201, json: { provider: null, amountUsd: '0.0075' } });
  const usage = { inputTokens: 1_000, outputTokens: 100 };
  expect(await ask(settle.POST, 'POST', { id: 'n1', body: { usage } })).toMatchObject({
    status: 200,
    json: { costUsd: '0.0045' },
  });
  const guess = await ask(estimate.POST, 'POST', { body: call });
  expect(guess).toMatchObject({ status: 200, json: { likelyUsd: '0.0045', upperUsd: '0.0075' } });
});

test('an amount may be a number, as the cost of an event may', async () => {
  const call = { id: 'in-figures', agent: 'counter' };
  const held = await ask(holds.POST, 'POST', { body: { ...call, amountUsd: 0.1 + 0.2 } });
  expect(held).toMatchObject({ status: 201, json: { amountUsd: '0.3' } });
  expect(await ask(holds.POST, 'POST', { body: { ...call, amountUsd: '0.3' } })).toMatchObject({
    status: 201,
  });
  const ended = await ask(settle.POST, 'POST', { id: call.id, body: { amountUsd: 0.25 } });
  expect(ended).toMatchObject({ status: 200, json: { costUsd: '0.25' } });
  for (const amountUsd of [-1, 9_000_001, '-1', '1e1', true]) {
    expect(await ask(holds.POST, 'POST', { body: { ...call, id: 'other', amountUsd } })).toMatchObject({
      status: 400,
      json: { code: 'bad_request' },
    });
  }
});

test('a refusal of a budget in tokens names the tokens that the budget counts', async () => {
  const output = { ...monthly, name: 'Output', limitUsd: null, limitTokens: 1_000, countTokens: ['output'] };
  await ask(budgets.POST, 'POST', { body: { ...output, scope: { agent: 'writer' } } });
  const call = { agent: 'writer', amountUsd: '0', inputTokens: 90_000, maxOutputTokens: 600 };
  expect((await ask(holds.POST, 'POST', { body: { id: 'w1', ...call } })).status).toBe(201);
  expect(await ask(holds.POST, 'POST', { body: { id: 'w2', ...call } })).toMatchObject({
    status: 402,
    json: { unit: 'tokens', limit: '1000', spent: '0', held: '600', requested: '600' },
  });
});
