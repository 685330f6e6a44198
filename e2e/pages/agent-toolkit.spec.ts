import { randomUUID } from 'node:crypto';
import { BudgetExceeded, BudgetGuard, UsageClient } from '#lib/agent/index.ts';
import { adminKey } from '../admin-key.ts';
import { expect, test } from '../fixtures.ts';

test('the toolkit holds a budget of the app, settles it, and is refused by it', async ({
  request,
  baseURL,
}) => {
  const url = String(baseURL);
  const agent = `held-${randomUUID().slice(0, 8)}`;
  const headers = { Authorization: `Bearer ${adminKey}` };
  const made = await request.post('/api/budgets', {
    headers,
    data: { name: agent, scope: { agent }, limitUsd: '0.10', period: 'day', timeZone: 'UTC', hard: true },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = await made.json();

  const guard = new BudgetGuard({ server: { url, key: adminKey }, agent });
  const client = new UsageClient({ url, key: adminKey, agent });
  // 10,000 tokens in at the dearest rate that can apply, 2,000 out: at most 0.09 USD.
  const call = {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 10_000,
    maxOutputTokens: 2_000,
  };
  const hold = await guard.hold(call);
  await expect(guard.hold(call)).rejects.toThrow(BudgetExceeded);
  await expect(guard.hold(call)).rejects.toMatchObject({ budget: agent, unit: 'usd', limit: '0.1' });

  const used = { inputTokens: 10_000, outputTokens: 100 };
  const { provider, model } = call;
  client.track({ type: 'usage', provider, model, ...used, holdId: hold.id });
  await client.close();
  await hold.settle(used);
  const seen = await (await request.get(`/api/budgets/${id}`, { headers })).json();
  expect(seen.budget).toMatchObject({ spentUsd: '0.0315', heldUsd: '0' });
  expect(guard.report()).toMatchObject({ held: 1, refused: 2, unsettled: 0 });
});
