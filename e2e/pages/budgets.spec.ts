import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { adminKey } from '../admin-key.ts';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { showBudgets } from './show-budgets.ts';

const headers = { Authorization: `Bearer ${adminKey}` };
/** Its midnight is at 18:15 UTC, all year. */
const timeZone = 'Asia/Kathmandu';
const offsetMs = (5 * 60 + 45) * 60_000;
const dayMs = 86_400_000;

type Message = { readonly body: string; readonly signature: string; readonly delivery: string };

/** A real receiver of webhooks. */
async function openReceiver() {
  const messages: Message[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const signature = String(request.headers['plimsoll-signature']);
      messages.push({ body, signature, delivery: String(request.headers['plimsoll-delivery']) });
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, messages, close: () => server.close() };
}

/** 60 cents each. */
function calls(agent: string, count: number) {
  return Array.from({ length: count }, () => ({
    type: 'usage',
    id: randomUUID(),
    ts: new Date().toISOString(),
    agent,
    session: `${agent}-session`,
    provider: 'openai',
    model: 'gpt-4o-mini',
    inputTokens: 0,
    outputTokens: 1_000_000,
  }));
}

async function createBudget(page: Page, { name, agent }: { readonly name: string; readonly agent: string }) {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Create budget' }).first().click();
  const form = page.getByRole('dialog', { name: 'Create a budget' });
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Limit in USD' }).fill('six');
  await expect(form.getByText('Expected USD like "12.5"')).toBeVisible();
  await form.getByRole('textbox', { name: 'Limit in USD' }).fill('6');
  await form.getByRole('combobox', { name: 'Period' }).selectOption('Day');
  await form.getByRole('combobox', { name: 'Time zone' }).fill(timeZone);
  await form.getByRole('textbox', { name: 'Agent' }).fill(agent);
  await form.getByRole('checkbox', { name: /Hard/ }).click();
  const preview = form.getByRole('region', { name: 'What it would mean' });
  await expect(preview).toContainText(/, 00:00 to .*, 00:00 Asia\/Kathmandu, resets in/);
  await expect(preview).toContainText('No alert would have fired in the past 30 days.');
  await form.getByRole('button', { name: 'Create budget' }).click();
  await expect(page.getByText(`The budget “${name}” is saved.`).first()).toBeVisible();
}

async function addTarget(
  page: Page,
  { name, url }: { readonly name: string; readonly url: string },
): Promise<string> {
  await page.getByRole('button', { name: 'Add target' }).click();
  const form = page.getByRole('dialog', { name: 'Add a target' });
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('textbox', { name: 'Address' }).fill(url);
  await form.getByRole('button', { name: 'Add target' }).click();
  const made = page.getByRole('dialog', { name: 'Copy the secret now' });
  const secret = (await made.locator('pre').textContent()) ?? '';
  await made.getByRole('button', { name: 'Done' }).click();
  return secret;
}

test('a daily budget warns at 50, 80 and 100 %, once each, then refuses, and its number adds up', async ({
  page,
  ingest,
  signIn,
  request,
}) => {
  test.setTimeout(120_000);
  const agent = `budget-${randomUUID().slice(0, 8)}`;
  const name = `Daily of ${agent}`;
  const receiver = await openReceiver();
  const told = () => receiver.messages.filter(({ body }) => JSON.parse(body).budget?.name === name);
  await signIn();
  await createBudget(page, { name, agent });
  const secret = await addTarget(page, { name: agent, url: receiver.url });
  expect(secret).toMatch(/^whsec_/);
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(page.getByRole('button', { name: `Remove ${agent}` })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(await (await request.get('/api/alerts/targets', { headers })).text()).not.toContain(secret);
  for (const [count, total] of [
    [5, 1],
    [3, 2],
    [2, 3],
  ] as const) {
    await ingest(calls(agent, count));
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(total);
  }
  await page.goto('/');
  await showBudgets(page);
  const card = page.getByRole('article', { name });
  await expect(card).toContainText('hard, used up');
  await expect(card).toContainText('$6.00 of $6.00');
  await expect(card).toContainText('3 alerts');

  const refused = await request.post('/api/holds', {
    headers,
    data: { id: randomUUID(), agent, amountUsd: '0.01' },
  });
  expect(refused.status()).toBe(402);
  const nextMidnight = Math.ceil((Date.now() + offsetMs) / dayMs) * dayMs - offsetMs;
  expect(await refused.json()).toMatchObject({
    code: 'budget_exceeded',
    budget: { name },
    limit: '6',
    spent: '6',
    held: '0',
    requested: '0.01',
    resetsAt: new Date(nextMidnight).toISOString(),
  });

  await card.getByRole('button', { name: `Explain ${name}` }).click();
  const explanation = page.getByRole('dialog', { name });
  await expect(explanation.getByText('Left', { exact: true }).locator('..')).toContainText('$0.00');
  await expect(explanation.getByText('Spent', { exact: true }).locator('..')).toContainText('$6.00');
  await expect(explanation.getByText('Usage events').locator('..')).toContainText('$6.00');
  await expect(explanation.getByRole('table', { name: 'Latest calls' }).getByRole('row')).toHaveCount(11);
  await expectSoundPage(page);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: /Alerts/ }).click();
  const feed = page.getByRole('list', { name: 'Alerts' }).getByRole('listitem').filter({ hasText: name });
  await expect(feed).toHaveCount(3);
  await expect(feed.filter({ hasText: 'The limit is reached' })).toContainText('sent to');
  await expectSoundPage(page);

  // Longer than two looks of the server: nothing is told twice.
  await expect.poll(async () => (await request.get('/api/alerts', { headers })).ok()).toBe(true);
  expect(told().map(({ body }) => JSON.parse(body).rule)).toEqual([
    'threshold:50',
    'threshold:80',
    'threshold:100',
  ]);
  expect(new Set(told().map(({ delivery }) => delivery)).size).toBe(3);
  for (const { body, signature } of told()) {
    const [, seconds, digest] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
    expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(digest);
  }
  await page.goto('/settings');
  await page.getByRole('button', { name: `Remove ${agent}` }).click();
  await expect(page.getByRole('button', { name: `Remove ${agent}` })).toHaveCount(0);
  await page.getByRole('button', { name: `Pause ${name}` }).click();
  await expect(page.getByRole('button', { name: `Resume ${name}` })).toBeVisible();
  const free = await request.post('/api/holds', {
    headers,
    data: { id: randomUUID(), agent, amountUsd: '0.01' },
  });
  expect(free.status()).toBe(201);
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete budget' }).click();
  await expect(page.getByRole('button', { name: `Edit ${name}` })).toHaveCount(0);
  receiver.close();
});

test('a budget is edited where it stands', async ({ page, signIn, request }) => {
  const name = `Edited ${randomUUID().slice(0, 8)}`;
  const made = await request.post('/api/budgets', {
    headers,
    data: {
      name,
      limitTokens: 5_000,
      countTokens: ['output'],
      period: 'week',
      weekStart: 7,
      timeZone,
      scope: { agent: name },
    },
  });
  expect(made.status()).toBe(201);
  await signIn();
  await page.goto('/settings');
  await page.getByRole('button', { name: `Edit ${name}` }).click();
  const form = page.getByRole('dialog', { name: `Edit “${name}”` });
  await expect(form.getByRole('combobox', { name: 'Begins on' })).toContainText('Sunday');
  await expect(form.getByRole('checkbox', { name: 'Output' })).toBeChecked();
  await expect(form.getByRole('checkbox', { name: 'Fresh input' })).not.toBeChecked();
  await form.getByRole('textbox', { name: 'Limit in tokens' }).fill('8000');
  await expectSoundPage(page);
  await form.getByRole('button', { name: 'Save budget' }).click();
  await expect(page.getByText(`The budget “${name}” is saved.`).first()).toBeVisible();
  const { id } = await made.json();
  const saved = await (await request.get(`/api/budgets/${id}`, { headers })).json();
  expect(saved.budget).toMatchObject({ limitTokens: 8_000, countTokens: ['output'], weekStart: 7, timeZone });
  expect((await request.delete(`/api/budgets/${id}`, { headers })).status()).toBe(204);
});
