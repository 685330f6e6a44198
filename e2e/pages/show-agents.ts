import { expect, type Page } from '@playwright/test';

/** Turns the overview's table to agents and draws it whole: other specs fill the same ledger. */
export async function showAgents(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Table by' }).getByRole('radio', { name: 'Agent' }).check();
  await expect(page.getByRole('table', { name: 'Spend by agent' })).toBeVisible();
  const whole = page.getByRole('button', { name: /^Show \d+$/ });
  if (await whole.isVisible()) await whole.click();
}
