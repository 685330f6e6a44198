import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { chatEvents } from './chat-events.ts';
import { expectSoundPage } from './expect-sound-page.ts';

const messageLink = (page: Page, seq: number) =>
  page.getByRole('link', { name: `Message ${seq.toLocaleString('en')}`, exact: true });

function newChat(count: number, contentOf?: (seq: number) => Readonly<Record<string, unknown>>) {
  const agent = `view-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:chat`;
  const events = chatEvents({ agent, session, count, ...(contentOf === undefined ? {} : { contentOf }) });
  return { agent, session, events, path: `/sessions/${encodeURIComponent(session)}` };
}

/** The conversation is below the session's figures. */
async function openChat(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('feed').scrollIntoViewIfNeeded();
}

async function ingestAll(
  ingest: (events: readonly Readonly<Record<string, unknown>>[]) => Promise<void>,
  events: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (let at = 0; at < events.length; at += 1_000) await ingest(events.slice(at, at + 1_000));
}

test('a long chat opens at its end, and any message is reached by number, address and keyboard', async ({
  page,
  ingest,
  signIn,
}) => {
  const { events, path } = newChat(5_000);
  await ingestAll(ingest, events);
  await signIn();
  await openChat(page, path);
  await expect(messageLink(page, 4_999)).toBeInViewport();

  await page.getByLabel('Go to message').fill('1234');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(messageLink(page, 1_234)).toBeInViewport();
  await expect(page.getByRole('article', { name: 'Message 1234,' })).toHaveAttribute('aria-setsize', '5000');
  await expect(page.getByRole('article', { name: 'Message 1234,' })).toHaveAttribute('aria-posinset', '1235');

  await openChat(page, `${path}#77`);
  await expect(messageLink(page, 77)).toBeInViewport();

  const feed = page.getByRole('feed');
  await feed.focus();
  await page.keyboard.press('End');
  await expect(messageLink(page, 4_999)).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(messageLink(page, 0)).toBeInViewport();

  const rail = page.getByRole('scrollbar', { name: 'Place in the session' });
  await rail.focus();
  await page.keyboard.press('End');
  await expect(messageLink(page, 4_999)).toBeInViewport();
  await page.keyboard.press('Home');
  await expect(messageLink(page, 0)).toBeInViewport();
  const box = await rail.boundingBox();
  expect(box).not.toBeNull();
  await rail.click({ position: { x: 10, y: (box?.height ?? 0) / 2 } });
  await expect(messageLink(page, 2_500)).toBeInViewport();

  const mounted = await page.locator('[data-seq]').count();
  expect(mounted, 'rows in the page').toBeLessThan(40);
  await expectSoundPage(page);
});

test('a chat is drawn in its place at once, from messages that were asked for with the page', async ({
  page,
  ingest,
  signIn,
}) => {
  const { events, path } = newChat(5_000, (seq) => ({
    role: seq % 2 === 0 ? 'user' : 'assistant',
    content: `line ${seq} `.repeat(1 + ((seq * 7) % 60)),
  }));
  await ingestAll(ingest, events);
  await signIn();
  // Its places are read in each frame, so that none is missed between two questions of this program.
  await page.addInitScript(`{
    const places = new Set();
    window.placesOfLast = places;
    const look = () => {
      const rows = document.querySelectorAll('[data-seq] article');
      const last = rows[rows.length - 1];
      if (last) places.add(last.ariaLabel + ' at ' + Math.round(last.getBoundingClientRect().bottom + scrollY));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);
  await openChat(page, path);
  await expect(messageLink(page, 4_999)).toBeInViewport();
  await page.waitForLoadState('networkidle');
  const places = await page.evaluate(() => [...(Reflect.get(window, 'placesOfLast') as Set<string>)]);
  expect(places).toEqual([expect.stringContaining('Message 4999,')]);
  const [messages, session] = await page.evaluate(() =>
    [/\/messages\?/, /\/api\/sessions\/[^/?]+$/].map((path) => {
      const entry = performance.getEntriesByType('resource').find(({ name }) => path.test(name));
      return entry instanceof PerformanceResourceTiming ? [entry.startTime, entry.responseEnd] : [];
    }),
  );
  expect(messages?.[0]).toBeLessThan(session?.[1] ?? 0);
});

test('an address that names a cleared message says so, and leads to where reading begins', async ({
  page,
  ingest,
  signIn,
}) => {
  const { events, path } = newChat(400);
  await ingest(events);
  await signIn();
  await openChat(page, path);
  await page.evaluate((api) => fetch(api, { method: 'DELETE' }), `/api${path}/messages?beforeSeq=300`);
  await page.goto('about:blank');
  await openChat(page, `${path}#120`);
  await expect(page.getByText('Message 120 was cleared.')).toBeVisible();
  await expect(messageLink(page, 300)).toBeInViewport();
  await page.goto('about:blank');
  await openChat(page, `${path}#9000`);
  await expect(page.getByText('There is no message 9,000 yet.')).toBeVisible();
  await expect(messageLink(page, 399)).toBeInViewport();
});

test('a range far beyond what the page holds is copied whole', async ({ page, context, ingest, signIn }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { events, path } = newChat(2_000);
  await ingestAll(ingest, events);
  await signIn();
  await openChat(page, path);
  await page.getByRole('button', { name: 'Copy or export' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('From message').fill('100');
  await dialog.getByLabel('To message').fill('1300');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('Copied messages 100 to 1,300.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.match(/^line \d+$/gm)).toEqual(
    Array.from({ length: 1_201 }, (_, index) => `line ${100 + index}`),
  );
});

test('days are told apart in the reader’s zone, and failed and heavy messages are gone to', async ({
  page,
  ingest,
  signIn,
}) => {
  const { agent, session, events, path } = newChat(600, (seq) => ({
    role: 'tool',
    content: seq === 333 ? 'schema '.repeat(9_000) : `line ${seq}`,
  }));
  // The page is in Berlin: its 24 November begins at 23:00 UTC.
  const ts = (seq: number) => new Date(Date.UTC(2026, 10, 23, 20) + seq * 60_000).toISOString();
  await ingest([
    ...events.map((event, seq) => ({ ...event, ts: ts(seq) })),
    {
      type: 'usage',
      id: `${session}-failed`,
      ts: new Date(Date.parse(ts(450)) - 30_000).toISOString(),
      agent,
      session,
      source: 'direct',
      provider: 'anthropic',
      model: 'claude-sonnet-4-5',
      inputTokens: 100,
      outputTokens: 0,
      status: 'error',
      error: 'overloaded',
    },
  ]);
  await signIn();
  await openChat(page, `${path}#180`);
  await expect(messageLink(page, 180)).toBeInViewport();
  await expect(page.locator('[data-seq="180"]')).toContainText('Tuesday, 24 November 2026');
  await expect(page.locator('[data-seq="181"]')).not.toContainText('November');
  await page.getByLabel('Jump to').selectOption({ label: 'Failed call' });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(messageLink(page, 450)).toBeInViewport();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText('There is no next one.')).toBeVisible();
  await page.getByLabel('Jump to').selectOption({ label: 'Heaviest' });
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(messageLink(page, 333)).toBeInViewport();
});

test('new messages are followed at the end, counted elsewhere', async ({ page, ingest, signIn }) => {
  const { agent, session, events, path } = newChat(300);
  await ingest(events);
  await signIn();
  await openChat(page, path);
  await expect(messageLink(page, 299)).toBeInViewport();
  await ingest(chatEvents({ agent, session, from: 300, count: 303 }));
  await expect(messageLink(page, 302)).toBeInViewport();

  await page.getByRole('feed').focus();
  await page.keyboard.press('Home');
  await expect(messageLink(page, 0)).toBeInViewport();
  await ingest(chatEvents({ agent, session, from: 303, count: 307 }));
  await page.getByRole('button', { name: '4 new' }).click();
  await expect(messageLink(page, 306)).toBeInViewport();
});

test('words are found in all messages, and hits are stepped through', async ({ page, ingest, signIn }) => {
  const { events, path } = newChat(3_000, (seq) => ({
    role: 'user',
    content: seq === 40 || seq === 2_000 ? `the rare albatross ${seq}` : `line ${seq}`,
  }));
  await ingestAll(ingest, events);
  await signIn();
  await openChat(page, path);
  await page.getByLabel('Find in session').fill('ALBATROSS');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByText('1 of 2')).toBeVisible();
  await expect(messageLink(page, 2_000)).toBeInViewport();
  await page.getByRole('button', { name: 'Older' }).click();
  await expect(messageLink(page, 40)).toBeInViewport();
});

test('a focused message keeps the focus while it is scrolled away and back', async ({
  page,
  ingest,
  signIn,
}) => {
  const { events, path } = newChat(400);
  await ingest(events);
  await signIn();
  await openChat(page, `${path}#200`);
  const article = page.getByRole('article', { name: 'Message 200,' });
  await article.focus();
  const feed = page.getByRole('feed');
  await feed.hover();
  await page.mouse.wheel(0, 8_000);
  await expect(messageLink(page, 202)).toHaveCount(0);
  await expect(article).toBeFocused();
});

test('what was new in the context of a call is told', async ({ page, ingest, signIn }) => {
  const agent = `view-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:calls`;
  const at = (seconds: number) => new Date(Date.now() - (600 - seconds) * 1_000).toISOString();
  const message = (seq: number, seconds: number, fields: object) => ({
    type: 'message',
    id: `${session}-${seq}`,
    ts: at(seconds),
    agent,
    session,
    ...fields,
  });
  const call = (id: string, seconds: number, inputTokens: number) => ({
    type: 'usage',
    id: `${session}-${id}`,
    ts: at(seconds),
    agent,
    session,
    source: 'direct',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens,
    outputTokens: 50,
  });
  await ingest([
    message(0, 0, { role: 'user', content: 'look it up' }),
    message(1, 10, { role: 'assistant', content: 'I ask the tool' }),
    call('a', 10, 1_000),
    message(2, 200, { role: 'tool', toolName: 'gateway.config', content: 'schema '.repeat(20_000) }),
    message(3, 210, { role: 'assistant', content: 'here it is' }),
    call('b', 210, 31_000),
  ]);
  await page.setViewportSize({ width: 1440, height: 1000 });
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}`);
  await page.getByRole('button', { name: 'What was new in the context of message 3' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('grew by 30,000 tokens');
  await expect(dialog).toContainText('gateway.config');
});

test('the memory panel opens by its address and says what is held', async ({ page, ingest, signIn }) => {
  const { events, path } = newChat(200);
  await ingest(events);
  await signIn();
  await page.goto(`${path}?debug=memory`);
  await expect(page.getByRole('meter', { name: 'Pages held' })).toHaveAttribute('aria-valuenow', /^[1-4]$/);
  await expectSoundPage(page);
});
