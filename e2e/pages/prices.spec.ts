import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { usageCall } from './usage-call.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`a model without a price gets one, and its stored calls too, ${colorScheme}, ${width} pixels`, async ({
      page,
      ingest,
      signIn,
    }, testInfo) => {
      const model = `house-model-${randomUUID().slice(0, 8)}`;
      const calls = Array.from({ length: 3 }, () =>
        usageCall({ agent: model, session: model, model, inputTokens: 1_000_000 }),
      );
      await ingest(calls);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await signIn();
      await page.goto('/settings');
      const prices = page.getByRole('region', { name: 'Prices' });
      const row = prices.getByRole('row', { name: new RegExp(model) });
      await expect(row).toContainText('tokens stored without a price');
      await expectSoundPage(page);
      await prices.screenshot({ path: testInfo.outputPath('prices.png') });

      await row.getByRole('button', { name: `Set price for ${model}` }).click();
      const form = page.getByRole('dialog', { name: 'Add a price' });
      const save = form.getByRole('button', { name: 'Save price' });
      await form.getByRole('textbox', { name: 'Input', exact: true }).fill('2,5');
      await form.getByRole('textbox', { name: 'Output', exact: true }).fill('10');
      await expect(form.getByText('Dollars such as 2.5, at most 6 decimals.')).toBeVisible();
      await expect(save).toBeDisabled();
      await form.getByRole('textbox', { name: 'Input', exact: true }).fill('2.5');
      await expectSoundPage(page);
      await page.screenshot({ path: testInfo.outputPath('form.png') });
      await save.click();

      const preview = page.getByRole('dialog', { name: 'Re-price stored calls' });
      // 3 million tokens in at 2.5 and 1,050 out at 10 USD a million.
      await expect(preview.getByRole('row', { name: new RegExp(model) })).toContainText('$7.51');
      await expectSoundPage(page);
      await page.screenshot({ path: testInfo.outputPath('preview.png') });
      await preview.getByRole('button', { name: 'Re-price 3 calls' }).click();
      await expect(page.getByText('3 calls re-priced.').first()).toBeVisible();
      await expect(row.first()).toContainText('2.5');
      await expect(row.first()).not.toContainText('without a price');

      await prices.getByRole('button', { name: `Remove the price of ${model}` }).click();
      await page.getByRole('button', { name: 'Remove price' }).click();
      const again = page.getByRole('dialog', { name: 'Re-price stored calls' });
      await expect(again.getByRole('row', { name: new RegExp(model) })).toContainText('$0.00');
      await again.getByRole('button', { name: 'Not now' }).click();
      await expect(prices.getByRole('button', { name: `Remove the price of ${model}` })).toHaveCount(0);
    });
  }
}
