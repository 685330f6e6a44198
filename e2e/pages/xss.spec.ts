import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { hostileTexts } from './hostile-texts.ts';

declare global {
  interface Window {
    hostileRuns?: number;
    policyReports?: string[];
  }
}

/** What ran, what was asked of other hosts, and what the policy had to stop: all must be empty. */
async function watch(page: Page) {
  const foreign: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['127.0.0.1', 'localhost'].includes(url.hostname) && /^(https?|wss?):$/.test(url.protocol)) {
      foreign.push(request.url());
    }
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    window.policyReports = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.policyReports?.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return async () => ({
    runs: await page.evaluate(() => window.hostileRuns ?? 0),
    reports: await page.evaluate(() => window.policyReports ?? []),
    foreign,
    dialogs,
  });
}

/** Names may hold no control characters and at most 200 bytes. */
function nameOf(text: string): string {
  return [...text]
    .filter((character) => !/\p{Cc}/u.test(character))
    .join('')
    .slice(0, 60);
}

const nothing = { runs: 0, reports: [], foreign: [], dialogs: [] };

test('hostile text in every field is only text', async ({ page, ingest, signIn }) => {
  test.setTimeout(180_000);
  const agent = `<img src=x onerror=window.hostileRuns=1> ${randomUUID().slice(0, 8)}`;
  const session = `[x](javascript:window.hostileRuns=1) "><svg onload=window.hostileRuns=1> ${randomUUID()}`;
  const ts = (index: number) => new Date(Date.now() - 600_000 + index * 1_000).toISOString();
  const roles = ['user', 'assistant', 'system', 'tool'] as const;
  const events = hostileTexts.flatMap((text, index) =>
    roles.map((role, place) => ({
      type: 'message',
      id: nameOf(`${index}-${place}-${text}`),
      ts: ts(index),
      agent,
      session,
      role,
      content:
        place === 1
          ? [
              { type: 'text', text },
              { type: text.slice(0, 60), data: text },
            ]
          : text,
      ...(role === 'tool' ? { toolName: nameOf(text), toolCallId: nameOf(text) } : {}),
    })),
  );
  await ingest(events);
  await ingest(
    hostileTexts.slice(0, 20).map((text, index) => ({
      type: 'usage',
      id: randomUUID(),
      ts: ts(index),
      agent,
      session,
      source: 'direct',
      provider: nameOf(text),
      model: nameOf(text),
      inputTokens: 1_000 + index,
      outputTokens: 10,
      status: 'error',
      error: text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200),
    })),
  );
  const seen = await watch(page);
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}#0`);
  await page.getByRole('feed').scrollIntoViewIfNeeded();
  await expect(page.getByRole('link', { name: 'Message 0', exact: true })).toBeInViewport();
  const shown = new Set<string>();
  const feed = page.getByRole('feed');
  for (let step = 0; step < 400 && shown.size < events.length; step++) {
    for (const seq of await feed
      .locator('[data-seq]:has(article)')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-seq') ?? ''))) {
      shown.add(seq);
    }
    await feed.evaluate((element) => {
      element.scrollTop += element.clientHeight * 0.8;
    });
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }
  expect(shown.size, 'messages that were drawn').toBe(events.length);
  expect(await seen()).toEqual(nothing);

  // Links that were made go to the web or to mail, in a new tab that knows nothing of this one.
  await page.goto(`/sessions/${encodeURIComponent(session)}#120`);
  await expect(page.getByRole('link', { name: 'Message 120', exact: true })).toBeInViewport();
  const links = await feed
    .locator('a:not([href^="#"])')
    .evaluateAll((anchors) =>
      anchors.map((anchor) => [anchor.getAttribute('href'), anchor.getAttribute('rel')]),
    );
  for (const [href, rel] of links) {
    expect(href).toMatch(/^(https?:|mailto:)/);
    expect(rel).toContain('noopener');
  }
  await page.getByLabel('Find in session').fill('hostileRuns');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await expect(page.getByText(/^1 of /)).toBeVisible();
  for (const path of ['/', '/sessions']) await page.goto(path, { waitUntil: 'load' });
  expect(await seen()).toEqual(nothing);
});

test('what hides in a text is shown', async ({ page, ingest, signIn }) => {
  const agent = `xss-${randomUUID().slice(0, 8)}`;
  const session = `${agent}:hidden`;
  await ingest([
    {
      type: 'message',
      id: `${session}-0`,
      ts: new Date().toISOString(),
      agent,
      session,
      role: 'assistant',
      content: '**safe\u202Egpj.exe** \u001b[31m zero\u200Bwidth',
    },
  ]);
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}`);
  await expect(page.getByText('safe⟨U+202E⟩gpj.exe')).toBeVisible();
  await expect(page.getByText('⟨U+001B⟩[31m zero⟨U+200B⟩width')).toBeVisible();
});
