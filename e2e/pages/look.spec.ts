import { randomUUID } from 'node:crypto';
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { usageCall } from './usage-call.ts';

const agent = `look-${randomUUID().slice(0, 8)}`;
const session = `${agent}-session`;
const screens = [
  { name: 'overview', path: '/', ready: 'Spend by day' },
  { name: 'sessions', path: `/sessions?agent=${agent}`, ready: 'Sessions' },
  { name: 'session', path: `/sessions/${session}`, ready: 'Messages' },
  { name: 'operations', path: '/operations', ready: 'Operations' },
  { name: 'settings', path: '/settings', ready: 'About this installation' },
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`every screen is sound in ${colorScheme} at ${width} pixels`, async ({
      page,
      ingest,
      signIn,
    }, testInfo) => {
      await ingest([
        usageCall({ agent, session, inputTokens: 190_000 }),
        usageCall({ agent, session: `${agent}-unpriced`, model: 'a-model-nobody-knows' }),
      ]);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await signIn();
      for (const { name, path, ready } of screens) {
        await page.goto(path);
        await expect(page.getByRole('heading', { name: ready, exact: true })).toBeVisible();
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        await expectSoundPage(page);
        await page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
      }
    });
  }
}

test('a model has one colour in the chart, the tables, the list and its session, in every range', async ({
  page,
  ingest,
  signIn,
}) => {
  const model = 'claude-sonnet-4-5';
  await ingest([usageCall({ agent, session, model, inputTokens: 190_000 })]);
  await signIn();
  const colorIn = async (place: Locator) => {
    const mark = place.getByText(model, { exact: true }).locator('xpath=..').locator('.rounded-sm').first();
    await expect(mark).toBeVisible();
    return mark.evaluate((element) => getComputedStyle(element).backgroundColor);
  };
  const seen: string[] = [];
  for (const range of ['24h', '30d']) {
    await page.goto(`/?range=${range}`);
    seen.push(
      await colorIn(page.getByRole('list', { name: 'Legend' })),
      await colorIn(page.getByRole('table', { name: 'Spend by model' })),
    );
  }
  await page.goto(`/sessions?agent=${agent}`);
  seen.push(await colorIn(page.getByRole('row').filter({ hasText: session })));
  await page.goto(`/sessions/${session}`);
  seen.push(await colorIn(page.getByRole('main')));
  expect(new Set(seen), seen.join(', ')).toHaveProperty('size', 1);
});

test('the chosen theme stays after a reload, and Auto follows the machine', async ({ page, signIn }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn();
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByRole('radio', { name: 'Auto' }).check();
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test('the keyboard reaches the content first', async ({ page, signIn }) => {
  await signIn();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test.describe('at an address that does not exist', () => {
  test.use({ expectedConsoleErrors: [/404/] });

  test('the page says so and leads to the overview', async ({ page, signIn }) => {
    await signIn();
    const response = await page.goto('/nowhere');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
    await expectSoundPage(page);
  });
});
