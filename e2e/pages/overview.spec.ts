import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { overviewAnswer } from '#lib/http/contract/overview-answer.ts';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { showAgents } from './show-agents.ts';
import { usageCall } from './usage-call.ts';

const hourMs = 3_600_000;
const zone = 'Europe/Berlin';

function newAgent(): string {
  return `overview-${randomUUID().slice(0, 8)}`;
}

function agentRow(page: Page, agent: string) {
  return page.getByRole('table', { name: 'Spend by agent' }).getByRole('row').filter({ hasText: agent });
}

/** What a row says was spent, exactly. */
function spend(row: Locator) {
  return row.locator('data[title$=" USD"]').first();
}

async function openByAgent(page: Page): Promise<void> {
  await page.goto('/');
  await showAgents(page);
}

test('shows of an agent what the API answers, to the last digit on hover', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = newAgent();
  await ingest([
    usageCall({ agent, inputTokens: 123_457 }),
    usageCall({ agent, inputTokens: 10, status: 'error' }),
    usageCall({ agent, model: 'a-model-nobody-knows', inputTokens: 5_000 }),
  ]);
  await signIn();
  await openByAgent(page);
  const response = await page.request.get(`/api/overview?range=30d&tz=${zone}`);
  const { byAgent } = overviewAnswer.parse(await response.json());
  const expected = byAgent.rows.find((row) => row.agent === agent);
  expect(expected).toMatchObject({ calls: 3, errors: 1 });
  const row = agentRow(page, agent);
  await expect(spend(row)).toHaveAttribute('title', `${expected?.costUsd} USD`);
  await expect(row.getByRole('cell').locator(`data[value="${expected?.tokensTotal}"]`)).toBeVisible();
  await expect(row, 'what has no price is not hidden').toContainText('unpriced');
});

test('a new call is on the page without a reload, and within two seconds', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = newAgent();
  await ingest([usageCall({ agent: newAgent() })]);
  await signIn();
  const stream = page.waitForResponse((response) => response.url().includes('/api/live'));
  await openByAgent(page);
  await stream;
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
  await ingest([usageCall({ agent })]);
  const sentAt = Date.now();
  await expect(async () => {
    // It may be the row with which the table gets a "Show all".
    await showAgents(page);
    await expect(agentRow(page, agent)).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(Date.now() - sentAt).toBeLessThan(4_000);
  await expect(page.locator('body[data-not-reloaded]')).toBeVisible();
});

test('a click on the chart narrows the range, Back undoes it, and the × gives it up', async ({
  page,
  ingest,
  signIn,
}) => {
  await ingest([usageCall({ agent: newAgent() })]);
  await signIn();
  await page.goto('/');
  const chart = page.getByRole('img', { name: /^Spend by day/ });
  const box = await chart.boundingBox();
  if (box === null) throw new Error('The chart has no box.');
  await page.mouse.click(box.x + box.width - 4, box.y + box.height / 2);
  await expect(page).toHaveURL(/from=.*&to=/);
  await expect(page.getByRole('heading', { name: 'Spend by hour' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { name: 'Spend by day' })).toBeVisible();

  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*&to=/);
  const search = new URL(page.url()).searchParams;
  const days = (Date.parse(search.get('to') ?? '') - Date.parse(search.get('from') ?? '')) / (24 * hourMs);
  expect(Math.round(days)).toBe(13);
  await page.getByRole('button', { name: 'Give up the chosen range' }).click();
  await expect(page).toHaveURL('/');
});

test('the keyboard alone chooses a range and reads the chart as a table', async ({
  page,
  ingest,
  signIn,
}) => {
  await ingest([usageCall({ agent: newAgent() })]);
  await signIn();
  await page.goto('/');
  await page.getByRole('group', { name: 'Range' }).getByRole('radio', { name: '30 d' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL('/?range=7d');
  await page.getByRole('button', { name: 'Show as a table' }).focus();
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Spend by day' });
  await expect(table).toBeVisible();
  await expectSoundPage(page);
  await table.getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Spend by hour' })).toBeVisible();
});

test('columns sort, and the file has the same rows with all digits and no formula', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `=${newAgent()}`;
  await ingest([usageCall({ agent })]);
  await signIn();
  await openByAgent(page);
  const table = page.getByRole('table', { name: 'Spend by agent' });
  await expect(table.getByRole('columnheader', { name: 'Spend' })).toHaveAttribute('aria-sort', 'descending');
  await table.getByRole('button', { name: 'Agent' }).click();
  await expect(table.getByRole('columnheader', { name: 'Agent' })).toHaveAttribute('aria-sort', 'ascending');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(
    /^plimsoll-spend-by-agent-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/,
  );
  const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
  const cost = await spend(agentRow(page, agent)).getAttribute('value');
  const line = lines.find((text) => text.startsWith(`'${agent},`));
  expect(line?.split(',')).toContain(cost);
});

test('a chosen zone counts the days, is linked, and stays', async ({ page, ingest, signIn }) => {
  await ingest([usageCall({ agent: newAgent() })]);
  await signIn();
  await page.goto('/');
  await expect(page.getByText(`, ${zone}`)).toBeVisible();
  await page.getByRole('combobox', { name: 'Zone' }).focus();
  await page.getByRole('combobox', { name: 'Zone' }).selectOption('Asia/Tokyo');
  await expect(page).toHaveURL('/?tz=Asia%2FTokyo');
  await expect(page.getByText(', Asia/Tokyo')).toBeVisible();
  await page.goto('/');
  await expect(page.getByText(', Asia/Tokyo')).toBeVisible();
});

test('a session about to outgrow its window is named at the top', async ({ page, ingest, signIn }) => {
  const session = `sinking-${randomUUID().slice(0, 8)}`;
  const agent = newAgent();
  await ingest(
    [150_000, 165_000, 180_000, 195_000].map((inputTokens, index) =>
      usageCall({ agent, session, inputTokens, minutesAgo: (4 - index) / 60 }),
    ),
  );
  await signIn();
  await page.goto('/');
  await page.getByRole('radio', { name: 'Fastest growing' }).check();
  const row = page
    .getByRole('table', { name: 'Fastest growing sessions' })
    .getByRole('row')
    .filter({ hasText: session });
  await expect(row).toContainText('overflows on the next call');
  await expect(row.getByRole('meter')).toHaveAttribute('aria-valuetext', /heading for/);
  await expect(page.getByRole('list', { name: 'Sessions about to overflow' })).toBeVisible();
});

test.describe('when the server fails', () => {
  test.use({ expectedConsoleErrors: [/500/] });

  test('the page says so, and loads when asked again', async ({ page, ingest, signIn }) => {
    await ingest([usageCall({ agent: newAgent() })]);
    await signIn();
    await page.route('**/api/overview*', (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'x',
          status: 500,
          code: 'internal',
          detail: 'Broken.',
        }),
      }),
    );
    await page.goto('/');
    await expect(page.getByText('The overview could not be loaded.')).toBeVisible();
    await expectSoundPage(page);
    await page.unroute('**/api/overview*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { name: 'Spend by day' })).toBeVisible();
  });
});
