import { randomUUID } from 'node:crypto';
import { adminKey } from '../admin-key.ts';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { showBudgets } from './show-budgets.ts';
import { usageCall } from './usage-call.ts';

const dayMinutes = 24 * 60;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the overview says where the month is heading, ${colorScheme}, ${width} pixels`, async ({
      page,
      ingest,
      signIn,
    }, testInfo) => {
      const agent = `burn-${randomUUID().slice(0, 8)}`;
      await ingest(
        Array.from({ length: 40 }, (_, day) =>
          usageCall({
            agent,
            session: agent,
            minutesAgo: day * dayMinutes,
            inputTokens: 200_000 + ((day * 7_919) % 13) * 90_000,
          }),
        ),
      );
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await signIn();
      await page.getByRole('group', { name: 'Ahead' }).getByRole('radio', { name: 'This month' }).check();
      const month = page.getByRole('region', { name: 'This month' });
      await expect(month.getByText('Likely at the end')).toBeVisible();
      await expect(
        month.getByRole('img', { name: /Spend of this month.*likely \$[\d.,]+ at its end/ }),
      ).toBeVisible();
      await expect(
        month.getByText(/in the past four weeks P50 missed by [\d.,]+ %, .* ahead/i),
      ).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      await expectSoundPage(page);
      await month.scrollIntoViewIfNeeded();
      await month.screenshot({ path: testInfo.outputPath('month.png') });
    });
  }
}

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 390],
] as const) {
  test(`a budget says where it is heading and when its limit is reached, ${colorScheme}, ${width} pixels`, async ({
    page,
    ingest,
    signIn,
  }, testInfo) => {
    const agent = `heading-${randomUUID().slice(0, 8)}`;
    await ingest(
      Array.from({ length: 30 }, (_, day) =>
        usageCall({ agent, session: agent, minutesAgo: day * dayMinutes, inputTokens: 1_000_000 }),
      ),
    );
    const made = await page.request.post('/api/budgets', {
      headers: { Authorization: `Bearer ${adminKey}` },
      data: {
        name: agent,
        scope: { agent },
        limitUsd: '1000',
        limitTokens: 1_000_000_000,
        period: 'month',
        timeZone: 'UTC',
      },
    });
    expect(made.status(), await made.text()).toBe(201);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await signIn();
    await showBudgets(page);
    await page.getByRole('button', { name: `Explain ${agent}` }).click();
    const dialog = page.getByRole('dialog', { name: agent });
    await expect(dialog.getByText(/^Likely \$.* at the end, eight times in ten/)).toContainText(
      'The limit is not expected to be reached.',
    );
    await expect(dialog.getByRole('img', { name: /Spend of the window/ })).toBeVisible();
    await expectSoundPage(page);
    await page.screenshot({ path: testInfo.outputPath('budget.png') });
  });
}
