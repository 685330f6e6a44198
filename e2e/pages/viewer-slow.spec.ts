import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { traceTasks } from './trace-tasks.ts';

/** The longest that one task may keep the page's main thread busy, in CPU time; about 30 is usual. */
const taskMsMax = 100;

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

/** Markdown that makes careless parsers quadratic or worse; each far longer than what a row shows. */
const pathological: readonly (readonly [string, string])[] = [
  ['brackets', '['.repeat(50_000)],
  ['closing brackets', ']'.repeat(50_000)],
  ['nested links', deep('[a](', ')', 10_000)],
  ['nested images', deep('![', ']()', 10_000)],
  ['emphasis', '*a **a '.repeat(10_000)],
  ['underscores', '_'.repeat(50_000)],
  ['backticks', Array.from({ length: 300 }, (_, index) => '`'.repeat(index)).join(' ')],
  ['nested quotes', `${'> '.repeat(5_000)}deep`],
  ['nested lists', Array.from({ length: 400 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n')],
  ['tables', `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${`${'|b'.repeat(1_000)}|\n`.repeat(20)}`],
  ['html', '<a '.repeat(20_000)],
  ['references', Array.from({ length: 2_000 }, (_, index) => `[r${index}]: /x\n[r${index}]`).join('\n')],
];

test('no message holds the page up: 2 MB, thousands of short ones, pathological markdown', async ({
  browser,
  page,
  ingest,
  signIn,
}) => {
  test.setTimeout(180_000);
  const agent = `slow-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:chat`;
  const contents: readonly string[] = [
    'word '.repeat(400_000),
    ...pathological.map(([, text]) => text),
    ...Array.from({ length: 10_000 }, (_, index) => `short ${index}`),
  ];
  const events = contents.map((content, seq) => ({
    type: 'message',
    id: `${session}-${seq}`,
    ts: new Date(Date.now() - (contents.length - seq) * 1_000).toISOString(),
    agent,
    session,
    role: 'assistant',
    content,
  }));
  for (let at = 0; at < events.length; at += 500) await ingest(events.slice(at, at + 500));
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}`);
  await page.getByRole('feed').scrollIntoViewIfNeeded();
  await expect(page.getByRole('link', { name: 'Message 10,012', exact: true })).toBeInViewport();
  const feed = page.getByRole('feed');
  const goTo = (seq: number, name: string) =>
    page.evaluate(
      (given) => {
        performance.mark(given.name);
        window.location.hash = `#${given.seq}`;
      },
      { seq, name },
    );
  const tasks = await traceTasks({ browser, page }, async () => {
    await feed.focus();
    await page.evaluate(() => void performance.mark('the first message'));
    await page.keyboard.press('Home');
    await expect(page.getByRole('link', { name: 'Message 0', exact: true })).toBeInViewport();
    for (const [seq, name] of ['2 MB', ...pathological.map(([given]) => given)].entries()) {
      await goTo(seq, name);
      await expect(page.getByRole('article', { name: `Message ${seq},` })).toBeInViewport();
    }
    await goTo(0, 'all of 2 MB');
    await page.getByRole('button', { name: /^Show all of it.*message 0\)/ }).click();
    await expect(page.getByRole('region', { name: 'Text of message 0' })).toContainText('word word');
    await expect(page.getByText(/The first 200,000 of/)).toBeVisible();
  });
  expect(tasks.length).toBeGreaterThan(pathological.length);
  expect(tasks.filter(({ cpuMs }) => cpuMs > taskMsMax)).toEqual([]);
  const slowestServerMs = await page.evaluate(
    async ({ path, count }) => {
      let slowest = 0;
      for (let seq = 0; seq < count; seq++) {
        const start = performance.now();
        await (await fetch(`${path}/messages/${seq}`)).text();
        slowest = Math.max(slowest, performance.now() - start);
      }
      return slowest;
    },
    { path: `/api/sessions/${encodeURIComponent(session)}`, count: pathological.length + 1 },
  );
  expect(slowestServerMs).toBeLessThan(1_000);
});

test('code is coloured without holding the page up, and in a program that keeps to its own policy', async ({
  browser,
  page,
  ingest,
  signIn,
}) => {
  const agent = `code-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:chat`;
  const source = Array.from(
    { length: 40 },
    (_, line) => `export async function load${line}<T extends string>(id: T): Promise<T> { return id; }`,
  ).join('\n');
  const contents = [`\`\`\`typescript\n${source}\n\`\`\``, ...Array.from({ length: 60 }, () => 'a line')];
  await ingest(
    contents.map((content, seq) => ({
      type: 'message',
      id: `${session}-${seq}`,
      ts: new Date(Date.now() - (contents.length - seq) * 1_000).toISOString(),
      agent,
      session,
      role: 'assistant',
      content,
    })),
  );
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}`);
  await page.getByRole('feed').scrollIntoViewIfNeeded();
  await expect(page.getByRole('link', { name: 'Message 60', exact: true })).toBeInViewport();
  const coloured = page.getByRole('article', { name: 'Message 0,' }).locator('.code-keyword').first();
  const tasks = await traceTasks({ browser, page }, async () => {
    await page.evaluate(() => {
      performance.mark('the code');
      window.location.hash = '#0';
    });
    await expect(coloured).toHaveText('export');
  });
  expect(tasks.filter(({ cpuMs }) => cpuMs > taskMsMax)).toEqual([]);
  expect(page.workers()).toHaveLength(1);
  const foreign = await page.workers()[0]?.evaluate(() =>
    fetch('/api/sessions').then(
      () => 'asked',
      () => 'refused',
    ),
  );
  expect(foreign).toBe('refused');
});
