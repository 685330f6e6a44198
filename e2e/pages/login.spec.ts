import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';

test('whoever is not signed in is sent to the login page, which says where the link is', async ({ page }) => {
  await page.goto('/sessions');
  await expect(page).toHaveURL('/login');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Plimsoll' })).toBeVisible();
  await expect(page.getByText('npm run login')).toBeVisible();
  await expectSoundPage(page);
});

test('the redirect is an answer of the server, not a script', async ({ request }) => {
  for (const path of ['/', '/sessions', '/sessions/any', '/settings']) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(307);
    expect(response.headers()['location'], path).toBe('/login');
  }
});

test('signing out ends the session for the pages and for the API', async ({ page, signIn }) => {
  await signIn();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect((await page.request.get('/api/settings')).status()).toBe(200);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('/login');
  expect((await page.request.get('/api/settings')).status()).toBe(401);
  await page.goto('/settings');
  await expect(page).toHaveURL('/login');
});

test('the token leaves the address before it is sent', async ({ page, signIn }) => {
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/login'),
  );
  const addressWhenSent = sent.then(() => page.evaluate(() => window.location.href).catch(() => ''));
  await signIn();
  expect(await addressWhenSent).not.toContain('token');
});

test.describe('with a token that is not ours', () => {
  test.use({ expectedConsoleErrors: [/401/] });

  test('the page says that the link is used or too old, and how to get another', async ({ page }) => {
    await page.goto('/login#token=this-is-not-a-token');
    await expect(page.getByRole('alert').filter({ hasText: 'npm run login' })).toBeVisible();
    await expect(page).toHaveURL('/login');
    await expectSoundPage(page);
  });
});
