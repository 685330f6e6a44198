import { expect, type Page } from '@playwright/test';

/** Turns the overview's panel to the budgets and draws all of them: other specs make their own. */
export async function showBudgets(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Ahead' }).getByRole('radio', { name: 'Budgets' }).check();
  await expect(page.getByRole('region', { name: 'Budgets' })).toBeVisible();
  const whole = page.getByRole('button', { name: /^Show all \d+ budgets$/ });
  if (await whole.isVisible()) await whole.click();
}
