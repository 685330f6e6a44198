import { expect, test } from '../fixtures.ts';

test('retention and time zone are checked as they are typed, and kept', async ({ page, signIn }) => {
  await signIn();
  await page.goto('/settings');
  const days = page.getByRole('textbox', { name: "Keep messages' text for (days)" });
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  const save = page.getByRole('button', { name: 'Save' });
  await expect(days, 'nobody imports an archive unwarned').toHaveAccessibleDescription(
    /dropped soon after it comes in, also what an import brings/,
  );
  await zone.fill('Mars/Base');
  await expect(page.getByText('Not a time zone')).toBeVisible();
  await expect(save).toBeDisabled();
  await zone.fill('Asia/Kolkata');
  await days.fill('ten');
  await expect(page.getByText('A whole number of days')).toBeVisible();
  await expect(save).toBeDisabled();
  await days.fill('45');
  await save.click();
  await expect(page.getByText('The settings are saved.').first()).toBeVisible();
  await page.reload();
  await expect(days).toHaveValue('45');
  await expect(zone).toHaveValue('Asia/Kolkata');
});

test('a short password, or one repeated wrongly, cannot be sent', async ({ page, signIn }) => {
  await signIn();
  await page.goto('/settings');
  const password = page.getByRole('textbox', { name: 'New password', exact: true });
  const repeated = page.getByRole('textbox', { name: 'New password again' });
  const set = page.getByRole('button', { name: 'Set password' });
  await password.fill('short');
  await expect(page.getByText('At least 10 characters; 5 to go.')).toBeVisible();
  await expect(set).toBeDisabled();
  await password.fill('long enough to be one');
  await repeated.fill('long enough to be two');
  await expect(page.getByText('The two are not the same yet.')).toBeVisible();
  await expect(set).toBeDisabled();
  await repeated.fill('long enough to be one');
  await expect(set).toBeEnabled();
});
