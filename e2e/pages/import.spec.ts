import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { repositoryRoot } from '#cli/launcher/repository-root.mjs';
import { openDatabase } from '#db/database.ts';
import { insertProject } from '#db/queries/insert-project.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { expect, test } from '../fixtures.ts';
import { runCommand, serverDatabaseUrl } from '../server-under-test.ts';
import { expectSoundPage } from './expect-sound-page.ts';

const logs = join(
  process.env['PLIMSOLL_SHARED_DATA'] ?? join(repositoryRoot, '../shared/data'),
  'transcripts',
);
const projectId = 900_001;
const range = 'from=2024-01-01T00:00:00Z&to=2028-01-01T00:00:00Z&tz=UTC';

type Summary = {
  readonly tools: readonly { readonly sessions: number; readonly calls: number; readonly costUsd: string }[];
};
type Totals = { readonly costUsd: string; readonly calls: number };
type Listed = {
  readonly id: string;
  readonly bytes: number;
  readonly messages: number;
  readonly costUsd: string;
};

/** What the API answers the signed-in browser, for the project that it looks at. */
function ask<Answer>(page: Page, path: string): Promise<Answer> {
  return page.evaluate(async (address) => (await fetch(address)).json(), path);
}

test.describe('real logs', () => {
  test.skip(!existsSync(logs), 'the folder of real session logs is not on this machine');

  test('import, overview and session show the numbers of the API', async ({
    page,
    signIn,
    baseURL,
  }, testInfo) => {
    test.setTimeout(240_000);
    const db = openDatabase({ url: serverDatabaseUrl(), connectionsMax: 1 });
    await insertProject(db, { id: projectId, slug: 'real-logs', name: 'Real logs' }).finally(db.close);
    await signIn();
    await page.goto('/');
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('combobox', { name: 'Project' }).selectOption('Real logs'),
    ]);
    await expect(page.getByRole('heading', { name: 'Nothing has been sent yet' })).toBeVisible();
    const key = await page.evaluate(async () => {
      const body = JSON.stringify({ name: 'import', scopes: ['ingest', 'read'] });
      const headers = { 'content-type': 'application/json' };
      const made: { readonly key: string } = await (
        await fetch('/api/keys', { method: 'POST', headers, body })
      ).json();
      return made.key;
    });
    const printed = await runCommand('cli/import.ts', logs, '--to', baseURL ?? '', '--key', key, '--json');
    const { tools }: Summary = JSON.parse(printed);
    const sum = (of: (tool: Summary['tools'][number]) => number) =>
      tools.reduce((total, tool) => total + of(tool), 0);

    const { rows }: { rows: readonly Totals[] } = await ask(page, `/api/usage?${range}&bucket=total`);
    expect(rows[0]?.calls).toBe(sum(({ calls }) => calls));
    expect(Number(rows[0]?.costUsd)).toBeCloseTo(
      sum(({ costUsd }) => Number(costUsd)),
      4,
    );
    const { sessions }: { sessions: readonly Listed[] } = await ask(
      page,
      '/api/sessions?sort=bytes&limit=200',
    );
    const [heaviest] = sessions;
    if (heaviest === undefined) throw new Error('The import left no session.');

    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const keep = async (name: string) => {
          await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
          await expectSoundPage(page);
          const path = testInfo.outputPath(`${name}-${colorScheme}-${width}.png`);
          await page.screenshot({ path, fullPage: true });
          await testInfo.attach(`${name}-${colorScheme}-${width}`, { path, contentType: 'image/png' });
        };
        await page.goto(`/?${range}`);
        await expect(
          page
            .getByRole('region', { name: 'Spend', exact: true })
            .getByText(formatUsd(rows[0]?.costUsd ?? '')),
        ).toBeVisible();
        await keep('overview');

        await page.goto('/sessions?sort=bytes');
        const row = page.getByRole('table', { name: 'Sessions' }).getByRole('row').nth(1);
        await expect(row).toContainText(heaviest.id);
        await expect(row).toContainText(formatBytes(heaviest.bytes));
        await keep('sessions');

        await row.getByRole('link').click();
        await expect(page.getByRole('heading', { level: 1, name: heaviest.id })).toBeVisible();
        const figure = (name: string) =>
          page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
        await expect(figure('Spend')).toContainText(formatUsd(heaviest.costUsd));
        await expect(figure('Size')).toContainText(formatBytes(heaviest.bytes));
        await expect(figure('Messages')).toContainText(formatCount(heaviest.messages));
        await expect(page.getByRole('article').first()).toBeVisible();
        await keep('session');
      }
    }
  });
});
