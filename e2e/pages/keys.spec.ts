import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { showAgents } from './show-agents.ts';
import { usageCall } from './usage-call.ts';

test('a key made on the settings page sends a call that is seen at once, and is refused once revoked', async ({
  page,
  request,
  signIn,
}) => {
  const name = `key-${randomUUID().slice(0, 8)}`;
  const agent = `agent-${name}`;
  const session = `session-${name}`;
  await signIn();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a key' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const made = page.getByRole('dialog', { name: 'Copy the key now' });
  const key = (await made.getByText(/^plim_\S+$/).textContent()) ?? '';
  await page.keyboard.press('Escape');
  await expect(made, 'a key that is shown once does not vanish by a stray key').toBeVisible();
  await made.getByRole('button', { name: 'I have copied it' }).click();
  await expect(made).toBeHidden();
  await expect(page.getByText(key)).toHaveCount(0);

  const headers = { Authorization: `Bearer ${key}` };
  const stored = await request.post('/api/ingest', { data: usageCall({ agent, session }), headers });
  expect(stored.status(), await stored.text()).toBe(200);

  await page.getByRole('link', { name: 'Overview' }).click();
  await showAgents(page);
  await expect(page.getByRole('table', { name: 'Spend by agent' }).getByText(agent)).toBeVisible();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  await page.getByRole('row').filter({ hasText: session }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: session })).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Context at the last call' })).toBeVisible();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('revoked');
  const refused = await request.post('/api/ingest', { data: usageCall({ agent, session }), headers });
  expect(refused.status()).toBe(401);
});

test('the form asks for a name and at least one scope', async ({ page, signIn }) => {
  await signIn();
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Create key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a key' });
  const create = dialog.getByRole('button', { name: 'Create key' });
  await expect(create).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('laptop');
  await expect(create).toBeEnabled();
  await dialog.getByRole('checkbox', { name: 'ingest' }).click();
  await expect(create).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Create key' }), 'the focus comes back').toBeFocused();
});
