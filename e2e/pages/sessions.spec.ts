import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { usageCall } from './usage-call.ts';

test('a list longer than the screen loads on and draws what is scrolled to', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `crowd-${randomUUID().slice(0, 8)}`;
  const sessions = Array.from({ length: 120 }, (_, index) => `${agent}-${String(index).padStart(3, '0')}`);
  await ingest(sessions.map((session, index) => usageCall({ agent, session, minutesAgo: index })));
  await signIn();
  await page.goto(`/sessions?agent=${agent}`);
  await page.getByRole('button', { name: 'Load more' }).click();
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByRole('table', { name: 'Sessions' })).toHaveAttribute('aria-rowcount', '121');
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect(page.getByRole('link', { name: `${agent}-119` })).toBeInViewport();
  await expect(page.getByRole('link', { name: `${agent}-000` }), 'rows far away leave').toHaveCount(0);
});

test('sort and filters are kept in the address', async ({ page, ingest, signIn }) => {
  const agent = `sorted-${randomUUID().slice(0, 8)}`;
  await ingest([
    usageCall({ agent, session: `${agent}-small`, inputTokens: 1_000 }),
    usageCall({ agent, session: `${agent}-large`, inputTokens: 150_000, minutesAgo: 5 }),
  ]);
  await signIn();
  await page.goto('/sessions');
  await page.getByRole('searchbox', { name: 'Agent' }).fill(agent);
  await page.getByRole('button', { name: 'Filter' }).click();
  const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('rowheader');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('small');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Spend');
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
