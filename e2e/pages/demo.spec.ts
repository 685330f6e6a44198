import type { Page } from '@playwright/test';
import { openDatabase } from '#db/database.ts';
import { insertProject } from '#db/queries/insert-project.ts';
import { expect, test } from '../fixtures.ts';
import { runCommand, serverDatabaseUrl } from '../server-under-test.ts';
import { expectSoundPage } from './expect-sound-page.ts';

/** A project of nobody, as an installation is at first. */
async function makeEmptyProject(slug: string): Promise<void> {
  const db = openDatabase({ url: serverDatabaseUrl(), connectionsMax: 1 });
  try {
    await insertProject(db, { id: 900_000, slug, name: 'Empty' });
  } finally {
    await db.close();
  }
}

/** The answer, the chart, the budgets, the tables: nothing of the overview wants scrolling at a desk. */
async function expectOneScreen(page: Page): Promise<void> {
  await expect(page.getByRole('table', { name: 'Spend by model' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Heaviest sessions' })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  const heightPx = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(heightPx).toBeLessThanOrEqual(900);
}

test('an empty installation offers import and demo; the demo is labelled and goes with one command', async ({
  page,
  signIn,
}, testInfo) => {
  test.setTimeout(180_000);
  await makeEmptyProject('empty');
  await signIn();
  await page.goto('/');
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('combobox', { name: 'Project' }).selectOption('Empty'),
  ]);
  await expect(page.getByText('npm run import', { exact: true })).toBeVisible();
  await expect(page.getByText('npm run demo', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy demo command' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectSoundPage(page);
    await page.screenshot({ path: testInfo.outputPath(`empty-${colorScheme}.png`), fullPage: true });
  }

  await runCommand('cli/demo.ts');
  await page.getByRole('button', { name: 'Open the demo' }).click();
  const label = page.getByRole('complementary', { name: 'Demo data' });
  await expect(label).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(page.getByRole('region', { name: 'Budgets' }).getByRole('article')).toHaveCount(3);
  await expectOneScreen(page);
  await page.screenshot({ path: testInfo.outputPath('overview-demo.png'), fullPage: true });
  for (const path of ['/alerts', '/sessions', '/sessions/market-scan', '/settings']) {
    await page.goto(path);
    await expect(label).toContainText('npm run demo -- --remove');
  }
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('combobox', { name: 'Project' }).selectOption('Empty'),
  ]);
  await expect(label).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Nothing has been sent yet' })).toBeVisible();

  expect(await runCommand('cli/demo.ts', '--remove')).toContain('The demo is removed');
  await expect(page.getByRole('button', { name: 'Open the demo' })).toHaveCount(0);
});
