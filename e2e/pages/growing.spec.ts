import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { chatEvents } from './chat-events.ts';
import { expectSoundPage } from './expect-sound-page.ts';

const words = 'the gateway has three channels and each of them answers within a second of being asked '.split(
  ' ',
);
const textAt = (step: number) =>
  `Step by step: ${Array.from({ length: step }, (_, at) => words[at % words.length]).join(' ')} `;

function newChat(count: number) {
  const agent = `grow-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:chat`;
  const said = { type: 'message', agent, session, role: 'assistant', id: `${session}-answer` };
  return {
    session,
    path: `/sessions/${encodeURIComponent(session)}`,
    events: chatEvents({ agent, session, count }),
    partial: (step: number, text = textAt(step)) => ({
      ...said,
      ts: new Date().toISOString(),
      content: text,
      partial: true,
    }),
    final: (text: string) => ({ ...said, ts: new Date().toISOString(), content: text }),
  };
}

const draftRow = (page: Page): Locator => page.getByRole('article', { name: 'Being written, assistant' });
const messageRow = (page: Page, seq: number): Locator =>
  page.getByRole('article', { name: `Message ${seq},` });

async function openChat(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('feed').scrollIntoViewIfNeeded();
}

type Watch = {
  frames: number;
  worstEndPx: number;
  worstMovePx: number;
  otherRenders: number;
  otherChanges: number;
};

/**
 * Looks at each frame from now on: how far the end is, how far rows that were there have moved, and whether any other
 * row than the draft's was drawn anew. React keeps the very props object of a component that it did not call.
 */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    type Fiber = {
      readonly return: Fiber | null;
      readonly alternate: Fiber | null;
      readonly memoizedProps: unknown;
    };
    const feed = document.querySelector('[role=feed]');
    if (feed === null) throw new Error('There is no chat.');
    // Of the two that React takes in turn either may be the one on the page.
    const propsOf = (row: Element): readonly unknown[] => {
      const key = Object.keys(row).find((name) => name.startsWith('__reactFiber$'));
      const start: Fiber | null = key === undefined ? null : Reflect.get(row, key);
      for (let fiber = start; fiber !== null; fiber = fiber.return) {
        const props = fiber.memoizedProps;
        if (typeof props === 'object' && props !== null && 'sessionId' in props && 'place' in props) {
          return [props, fiber.alternate?.memoizedProps ?? props];
        }
      }
      throw new Error('No row component was found: this test must be mended.');
    };
    const rows = () => [...feed.querySelectorAll('article[aria-label^="Message "]')];
    const first = new Map(
      rows().map((row) => [row, { props: propsOf(row), top: row.getBoundingClientRect().top }]),
    );
    const watch = { frames: 0, worstEndPx: 0, worstMovePx: 0, otherRenders: 0, otherChanges: 0 };
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        if (element?.closest('article[aria-label^="Message "]')) watch.otherChanges += 1;
      }
    });
    observer.observe(feed, { subtree: true, childList: true, characterData: true });
    let isOver = false;
    const look = () => {
      if (isOver) return;
      watch.frames += 1;
      watch.worstEndPx = Math.max(watch.worstEndPx, feed.scrollHeight - feed.clientHeight - feed.scrollTop);
      for (const [row, { top }] of first) {
        if (row.isConnected)
          watch.worstMovePx = Math.max(watch.worstMovePx, Math.abs(row.getBoundingClientRect().top - top));
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, {
      endWatch: () => {
        isOver = true;
        observer.disconnect();
        watch.otherRenders = [...first].filter(
          ([row, { props }]) => row.isConnected && propsOf(row).some((now) => !props.includes(now)),
        ).length;
        return watch;
      },
    });
  });
}

const endWatch = (page: Page) => page.evaluate<Watch>(() => Reflect.get(window, 'endWatch')());

test('200 drafts grow at the end without drift and without another row drawn; the message takes the row', async ({
  page,
  ingest,
  signIn,
}) => {
  test.setTimeout(120_000);
  const chat = newChat(120);
  await ingest(chat.events);
  await signIn();
  await openChat(page, chat.path);
  await expect(messageRow(page, 119)).toBeInViewport();
  await ingest([chat.partial(1)]);
  await expect(draftRow(page)).toBeInViewport();
  await expect(page.getByRole('status').filter({ hasText: 'A message is being written.' })).toHaveCount(1);
  await expect(draftRow(page)).toContainText('writing…');
  await expectSoundPage(page);

  await watchRows(page);
  for (let step = 2; step <= 200; step++) await ingest([chat.partial(step)]);
  await expect(draftRow(page)).toContainText(textAt(200).trim().slice(-300));
  const grown = await endWatch(page);
  expect(grown.frames).toBeGreaterThan(100);
  expect(grown).toMatchObject({ worstEndPx: 0, otherRenders: 0, otherChanges: 0 });

  await watchRows(page);
  await ingest([chat.final(`${textAt(200)}And that is all.`)]);
  await expect(messageRow(page, 120)).toBeInViewport();
  await expect(messageRow(page, 120)).toContainText('And that is all.');
  await expect(draftRow(page)).toHaveCount(0);
  await expect(messageRow(page, 120)).toContainText(textAt(200).trim());
  expect(await endWatch(page)).toMatchObject({ worstEndPx: 0 });
  await expect(page.getByRole('status').filter({ hasText: 'A message is being written.' })).toHaveCount(0);
});

test('who has scrolled up sees nothing move, and is told of the message when it is there', async ({
  page,
  ingest,
  signIn,
}) => {
  const chat = newChat(300);
  await ingest(chat.events);
  await signIn();
  await openChat(page, chat.path);
  await expect(messageRow(page, 299)).toBeInViewport();
  await page.getByRole('feed').hover();
  await page.mouse.wheel(0, -600);
  await expect(messageRow(page, 299)).not.toBeInViewport();
  const settled = await settledTop(page);

  await watchRows(page);
  for (let step = 1; step <= 40; step++) await ingest([chat.partial(step)]);
  await expect(page.getByRole('status').filter({ hasText: 'A message is being written.' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: /new$/ })).toHaveCount(0);
  const meanwhile = await endWatch(page);
  expect(meanwhile).toMatchObject({ worstMovePx: 0, otherRenders: 0 });
  await watchRows(page);
  await ingest([chat.final('It has come to its end.')]);
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  expect(await endWatch(page)).toMatchObject({ worstMovePx: 0 });
  expect(await settledTop(page)).toBe(settled);

  await ingest([{ ...chat.partial(3), id: `${chat.session}-second` }]);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(draftRow(page)).toBeInViewport({ ratio: 1 });
  await expect(messageRow(page, 300)).toContainText('It has come to its end.');
});

const settledTop = (page: Page) => page.getByRole('feed').evaluate((feed) => Math.round(feed.scrollTop));

test('a draft is there for who opens the chat, and goes with a clearing', async ({
  page,
  ingest,
  signIn,
}) => {
  const chat = newChat(30);
  await ingest(chat.events);
  await ingest([chat.partial(12)]);
  await signIn();
  await openChat(page, chat.path);
  await expect(draftRow(page)).toBeInViewport();
  await page.getByRole('button', { name: 'Clear history' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Clear/ })
    .click();
  await expect(page.getByText('The history was cleared.')).toBeVisible();
  await expect(draftRow(page)).toHaveCount(0);
  await ingest([{ ...chat.partial(4), id: `${chat.session}-second` }]);
  await expect(draftRow(page)).toContainText('writing…');
  await expectSoundPage(page);
});

test('the first message of a session is shown while it is written, and stays where it came', async ({
  page,
  ingest,
  signIn,
}) => {
  const chat = newChat(0);
  await ingest([chat.partial(3)]);
  await signIn();
  await page.goto(chat.path);
  await expect(page.getByText('None were sent.')).toBeVisible();
  await expect(draftRow(page)).toContainText(textAt(3).trim());
  await ingest([chat.partial(9)]);
  await expect(draftRow(page)).toContainText(textAt(9).trim());
  await expectSoundPage(page);
  await ingest([chat.final('That was the first one.')]);
  await expect(messageRow(page, 0)).toContainText('That was the first one.');
  await expect(draftRow(page)).toHaveCount(0);
  await expect(page.getByText('None were sent.')).toHaveCount(0);
});

test('a draft of another day than the last message says so, as its message will', async ({
  page,
  ingest,
  signIn,
}) => {
  const chat = newChat(3);
  const daysAgo = (event: { readonly ts: string }) => new Date(Date.parse(event.ts) - 48 * 3_600_000);
  await ingest(chat.events.map((event) => ({ ...event, ts: daysAgo(event).toISOString() })));
  const today = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  await signIn();
  await openChat(page, chat.path);
  await expect(messageRow(page, 2)).toBeInViewport();
  const separator = page.getByRole('feed').getByText(today.format(new Date()));
  await expect(separator).toHaveCount(0);
  await ingest([chat.partial(5)]);
  await expect(draftRow(page)).toBeInViewport();
  await expect(separator).toHaveCount(1);
  await ingest([chat.final('It is another day.')]);
  await expect(messageRow(page, 3)).toBeInViewport();
  await expect(separator).toHaveCount(1);
});

test('on a phone a tall draft still says that it is being written', async ({ page, ingest, signIn }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  const chat = newChat(20);
  await ingest(chat.events);
  await signIn();
  await openChat(page, chat.path);
  await expect(messageRow(page, 19)).toBeInViewport();
  const tall = Array.from({ length: 60 }, (_, line) => `Line ${line} of what is written.`).join('\n\n');
  await ingest([chat.partial(1, tall)]);
  await expect(draftRow(page)).toContainText('Line 59');
  await expect(draftRow(page).getByText('Line 59')).toBeInViewport();
  const feed = await page.getByRole('feed').boundingBox();
  const row = await draftRow(page).boundingBox();
  expect(row?.height).toBeGreaterThan(feed?.height ?? 0);
  await expect(draftRow(page).getByText('writing…')).toBeInViewport({ ratio: 1 });
});
