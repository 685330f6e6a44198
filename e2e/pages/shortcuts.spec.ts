import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';

test('keys lead to the pages and to the search, and are listed under ?', async ({ page, signIn }) => {
  await signIn();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL('/sessions');
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox', { name: 'Session contains' });
  await expect(search).toBeFocused();
  await page.keyboard.type('g o?');
  await expect(search, 'what is typed into a field is a text').toHaveValue('g o?');
  await search.blur();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('This list');
  await expectSoundPage(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('single keys can be turned off', async ({ page, signIn }) => {
  await signIn();
  await page.getByRole('button', { name: 'Keys' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByRole('checkbox', { name: 'Single keys work' }).uncheck();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL('/');
});
