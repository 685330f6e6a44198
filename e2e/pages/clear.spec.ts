import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { chatEvents } from './chat-events.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { usageCall } from './usage-call.ts';

function newChat(count: number) {
  const agent = `clear-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:chat`;
  return {
    agent,
    session,
    events: chatEvents({ agent, session, count }),
    path: `/sessions/${encodeURIComponent(session)}`,
  };
}

test('a cleared history goes from every open tab, does not return, and can be undone', async ({
  page,
  context,
  ingest,
  signIn,
}) => {
  const { agent, session, events, path } = newChat(120);
  await ingest(events);
  await ingest([usageCall({ agent, session, inputTokens: 40_000 })]);
  await signIn();
  await page.goto(path);
  const other = await context.newPage();
  await other.goto(path);
  await expect(other.getByText('line 119', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Clear history' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clear history' });
  await expect(dialog).toContainText('120 messages');
  await expectSoundPage(page);
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Export JSONL first' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(120);
  await dialog.getByRole('button', { name: 'Clear history' }).click();

  await expect(page.getByText('The history was cleared.')).toBeVisible();
  await other.bringToFront();
  await expect(other.getByText('The history was cleared.')).toBeVisible();
  await ingest(events);
  await other.reload();
  await expect(other.getByText('The history was cleared.')).toBeVisible();
  await expect(other.getByText('line 119', { exact: true })).toHaveCount(0);

  await page.bringToFront();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('line 119', { exact: true })).toBeVisible();
});

test('only what is before a message goes, and what comes after a clearing is read', async ({
  page,
  ingest,
  signIn,
}) => {
  const { agent, session, events, path } = newChat(100);
  await ingest(events);
  await signIn();
  await page.goto(path);
  await page.getByRole('button', { name: 'Clear history' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clear history' });
  await dialog.getByLabel('Clear', { exact: true }).selectOption('Messages before a number');
  await dialog.getByLabel('Before message').fill('98');
  await expect(dialog).toContainText('98 messages');
  await dialog.getByRole('button', { name: 'Clear history' }).click();
  await expect(page.getByText('2 of them, numbered from 98 to 99')).toBeVisible();
  await ingest(chatEvents({ agent, session, from: 100, count: 101 }));
  await expect(page.getByText('line 100', { exact: true })).toBeVisible();
  await expect(page.getByText('line 97', { exact: true })).toHaveCount(0);
});
