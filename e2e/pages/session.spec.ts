import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { usageCall } from './usage-call.ts';

const largeText = 'schema '.repeat(60_000);

/** Messages 0 to 119 of a session; number 7 is a tool result of 420 KB, number 9 hides characters. */
function chatOf({ agent, session }: { readonly agent: string; readonly session: string }) {
  return Array.from({ length: 120 }, (_, seq) => ({
    type: 'message',
    id: `${session}-${seq}`,
    ts: new Date(Date.now() - (120 - seq) * 1_000).toISOString(),
    agent,
    session,
    ...contentOf(seq),
  }));
}

function contentOf(seq: number) {
  if (seq === 7) return { role: 'tool', toolName: 'gateway.config', content: `${largeText}the end` };
  if (seq === 9) return { role: 'user', content: 'safe\u202Eelif' };
  return { role: seq % 2 === 0 ? 'user' : 'assistant', content: `<b>line</b> ${seq}` };
}

test('a session shows its load, its culprits and its messages, page by page', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `chat-${randomUUID().slice(0, 8)}`;
  // What an id may hold: a slash, a percent sign, a colon.
  const session = `${agent}:main/100%`;
  await ingest(chatOf({ agent, session }));
  await ingest([
    usageCall({ agent, session, inputTokens: 40_000, minutesAgo: 1 }),
    usageCall({ agent, session, inputTokens: 170_000 }),
  ]);
  await signIn();
  await page.goto(`/sessions/${encodeURIComponent(session)}`);

  await expect(page.getByRole('heading', { level: 1, name: session })).toBeVisible();
  const load = page.getByRole('meter', { name: 'Context at the last call' });
  await expect(load).toHaveAttribute('aria-valuetext', /170 k tokens of .* tokens/);
  await expect(page.getByRole('img', { name: /Context by call: 2 calls/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Message 119' }), 'the newest page first').toBeVisible();

  await page.getByRole('link', { name: 'gateway.config' }).click();
  await expect(page).toHaveURL(/#7$/);
  await expect(page.getByRole('link', { name: 'Message 7', exact: true })).toBeInViewport();
  await page.getByRole('button', { name: /^Show all of it.*message 7/ }).click();
  await expect(page.getByRole('region', { name: 'Text of message 7' })).toContainText('schema schema');
  await expect(page.getByText(/The first 200,000 of 420,007 characters are shown/)).toBeVisible();

  await expect(page.getByText('<b>line</b> 8', { exact: true }), 'markup stays text').toBeVisible();
  await expect(page.getByText('safe⟨U+202E⟩elif')).toBeVisible();

  await page.getByLabel('Go to message').fill('50');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Message 50', exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Message 7', exact: true })).toBeVisible();
});

test.describe('that was never sent', () => {
  test.use({ expectedConsoleErrors: [/404/] });

  test('a session says so and leads to the list', async ({ page, signIn }) => {
    await signIn();
    await page.goto(`/sessions/${randomUUID()}`);
    await expect(page.getByRole('heading', { name: 'There is no session of this name' })).toBeVisible();
    await page.getByRole('link', { name: 'See all sessions' }).click();
    await expect(page).toHaveURL('/sessions');
  });
});

test('a bloated session says what its context is, when it overflows and what reading it again cost', async ({
  page,
  ingest,
  signIn,
}) => {
  const agent = `bloat-${randomUUID().slice(0, 8)}`;
  const session = `${agent}-session`;
  const startMs = Date.now() - 20 * 60_000;
  const at = (minute: number) => new Date(startMs + minute * 60_000).toISOString();
  const result = 'schema '.repeat(20_000);
  const rounds = [0, 1, 2, 3, 4];
  await ingest(
    rounds.flatMap((round) => [
      {
        type: 'message',
        id: `${session}-m${round}`,
        ts: at(round),
        agent,
        session,
        role: 'tool',
        toolName: 'gateway',
        tokens: 30_000,
        content: result,
      },
      {
        ...usageCall({ agent, session, inputTokens: 5_000 + 30_000 * (round + 1) }),
        ts: at(round + 0.5),
      },
    ]),
  );
  await signIn();
  await page.goto(`/sessions/${session}`);
  await expect(page.getByText('Full in about 1 call')).toBeVisible();
  const parts = page.getByRole('list', { name: 'Context of the last call' });
  await expect(parts).toContainText('Tool results');
  await expect(parts).toContainText('97 %');
  const tools = page.getByRole('table', { name: 'Tools by weight' });
  // 30,000 tokens in 5 + 4 + 3 + 2 + 1 calls at 3 USD a million.
  await expect(tools.getByRole('row').nth(1)).toContainText('$1.35');
  await expect(page.getByText('the same text 5 times').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show as table' }).click();
  const growth = page.getByRole('table', { name: 'Context by call' });
  await expect(growth.getByRole('row')).toHaveCount(rounds.length + 1);
  await expect(growth).toContainText('155 k');
});
