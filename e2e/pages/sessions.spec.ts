import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { usageCall } from './usage-call.ts';

test('a list longer than the screen loads on by itself and draws what is scrolled to', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `crowd-${randomUUID().slice(0, 8)}`;
  const sessions = Array.from({ length: 250 }, (_, index) => `${agent}-${String(index).padStart(3, '0')}`);
  await ingest(sessions.map((session, index) => usageCall({ agent, session, minutesAgo: index })));
  await signIn();
  await page.goto(`/sessions?agent=${agent}`);
  const table = page.getByRole('table', { name: 'Sessions' });
  await expect(page.getByRole('link', { name: `${agent}-000` })).toBeVisible();
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByRole('link', { name: `${agent}-249` })).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(table).toHaveAttribute('aria-rowcount', '251');
  await expect(page.getByRole('link', { name: `${agent}-000` }), 'rows far away leave').toHaveCount(0);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.getByRole('link', { name: `${agent}-000` })).toBeInViewport();
});

test('arrow keys go from session to session, and Enter opens one', async ({ page, ingest, signIn }) => {
  const agent = `keys-${randomUUID().slice(0, 8)}`;
  await ingest(
    [0, 1, 2].map((index) => usageCall({ agent, session: `${agent}-${index}`, minutesAgo: index })),
  );
  await signIn();
  await page.goto(`/sessions?agent=${agent}`);
  await page.getByRole('link', { name: `${agent}-0` }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: `${agent}-2` })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${agent}-1` })).toBeVisible();
});

test('model and source narrow the list, and what is left can be kept as a file', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `=narrow-${randomUUID().slice(0, 8)}`;
  await ingest([
    usageCall({ agent, session: `${agent}-sonnet` }),
    { ...usageCall({ agent, session: `${agent}-haiku`, model: 'claude-haiku-4-5' }), source: 'cron' },
  ]);
  await signIn();
  await page.goto(`/sessions?agent=${encodeURIComponent(agent)}`);
  const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('rowheader');
  await expect(rows).toHaveCount(2);
  await page.getByLabel('Model', { exact: true }).fill('claude-haiku-4-5');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('haiku');
  await page.getByRole('combobox', { name: 'Source' }).selectOption('Heartbeat');
  await expect(page.getByRole('heading', { name: 'No session matches' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Source' }).selectOption('Scheduled');
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(/source=cron/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV of these sessions' }).click(),
  ]);
  const [head, line, ...rest] = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(head).toMatch(/^session,agent,provider,model,/);
  expect(line, 'a name that a spreadsheet would run is made a text').toMatch(/^'=narrow-\w+-haiku,'=narrow-/);
  expect(rest).toEqual(['']);
});

test('sort and filters are kept in the address', async ({ page, ingest, signIn }) => {
  const agent = `sorted-${randomUUID().slice(0, 8)}`;
  await ingest([
    usageCall({ agent, session: `${agent}-small`, inputTokens: 1_000 }),
    usageCall({ agent, session: `${agent}-large`, inputTokens: 150_000, minutesAgo: 5 }),
  ]);
  await signIn();
  await page.goto('/sessions');
  await page.getByLabel('Agent', { exact: true }).fill(agent);
  await page.getByRole('button', { name: 'Filter' }).click();
  const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('rowheader');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('small');
  await page.getByRole('columnheader', { name: 'Spend' }).getByRole('button').click();
  await expect(rows.first()).toContainText('large');
  await page.reload();
  await expect(rows.first()).toContainText('large');
  await expect(rows).toHaveCount(2);
});

test('a filter that nothing passes says so and shows the way back', async ({ page, signIn }) => {
  await signIn();
  await page.goto(`/sessions?q=${randomUUID()}`);
  await expect(page.getByRole('heading', { name: 'No session matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page).toHaveURL('/sessions');
});

test('a session on a model without a price is not called free', async ({ page, ingest, signIn }) => {
  const agent = `unpriced-${randomUUID().slice(0, 8)}`;
  await ingest([usageCall({ agent, session: `${agent}-one`, model: 'a-model-nobody-knows' })]);
  await signIn();
  await page.goto(`/sessions?agent=${agent}`);
  await expect(page.getByRole('row').filter({ hasText: `${agent}-one` })).toContainText('no price');
});
