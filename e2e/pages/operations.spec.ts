import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures.ts';
import { expectSoundPage } from './expect-sound-page.ts';
import { usageCall } from './usage-call.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function eventsOf({ agent, session }: { readonly agent: string; readonly session: string }) {
  const operation = (fields: Readonly<Record<string, unknown>>) => ({
    type: 'operation',
    id: randomUUID(),
    ts: ago(2),
    agent,
    session,
    ...fields,
  });
  return [
    ...Array.from({ length: 40 }, (_, index) =>
      operation({ name: `read ${agent}`, kind: 'tool', durationMs: 80 + index }),
    ),
    operation({ name: `read ${agent}`, kind: 'tool', durationMs: 9_400, status: 'error' }),
    operation({
      name: 'schema',
      kind: 'prune',
      durationMs: 2,
      bytesBefore: 396_000,
      bytesAfter: 855,
      tokensBefore: 99_000,
      tokensAfter: 214,
    }),
    operation({ name: 'wait for the session', kind: 'semaphore', durationMs: 350 }),
    ...Array.from({ length: 24 }, (_, index) => ({
      type: 'heartbeat',
      id: randomUUID(),
      ts: ago(index * 5 + 1),
      agent,
      gauges: { queueDepth: 3, heapBytes: 48_000_000 },
    })),
  ];
}

/** A session that died: each turn a tool answered 100 KB, until the window was full. */
function deadSession({ agent, session }: { readonly agent: string; readonly session: string }) {
  const schema = JSON.stringify({
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 800 }, (_, index) => [
        `field${index}`,
        { type: 'string', description: 'what it does, told at length '.repeat(4) },
      ]),
    ),
  });
  return Array.from({ length: 9 }, (_, turn) => [
    { role: 'user', content: `question ${turn}` },
    {
      role: 'assistant',
      kind: 'tool_call',
      toolName: 'gateway',
      toolCallId: `c${turn}`,
      content: '{"action":"config.schema"}',
    },
    {
      role: 'tool',
      kind: 'tool_result',
      toolName: 'gateway',
      toolCallId: `c${turn}`,
      content: schema.replace('field0', `first${turn}`),
    },
    { role: 'assistant', content: 'Done.' },
  ])
    .flat()
    .map((message, index) => ({
      type: 'message',
      id: `${session}-${index}`,
      ts: ago(100 - index),
      agent,
      session,
      ...message,
    }));
}

test('the operations page shows who is alive, what was saved and what is slow', async ({
  page,
  ingest,
  signIn,
}, testInfo) => {
  const agent = `ops-${randomUUID().slice(0, 8)}`;
  await ingest([
    ...eventsOf({ agent, session: `${agent}-session` }),
    usageCall({ agent, session: `${agent}-session` }),
  ]);
  await signIn();
  await page.getByRole('link', { name: 'Operations' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();

  const tools = page.getByRole('table', { name: 'Tools' });
  const tool = tools.getByRole('row', { name: new RegExp(`read ${agent}`) });
  await expect(tool).toContainText('41');
  const alive = page.getByRole('table', { name: 'Agents' }).getByRole('row', { name: new RegExp(agent) });
  await expect(alive).toContainText('100 %');
  await expect(page.getByRole('table', { name: 'Cut out of sessions, by rule' })).toContainText(
    'schemas to keys and types',
  );
  const slow = page
    .getByRole('table', { name: 'Slow operations' })
    .getByRole('row', { name: new RegExp(`read ${agent}`) });
  await expect(slow).toContainText('9.4 s');
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await expectSoundPage(page);
    await page.screenshot({
      path: testInfo.outputPath(`operations-${colorScheme}-${width}.png`),
      fullPage: true,
    });
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await slow.getByRole('link', { name: `${agent}-session` }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${agent}-session` })).toBeVisible();
});

test('a dead session says why it died, and what would have saved it', async ({
  page,
  ingest,
  signIn,
}, testInfo) => {
  const agent = `dead-${randomUUID().slice(0, 8)}`;
  const session = `${agent}-session`;
  await ingest(deadSession({ agent, session }));
  await ingest([
    usageCall({ agent, session, inputTokens: 40_000, minutesAgo: 30 }),
    usageCall({ agent, session, inputTokens: 198_000, minutesAgo: 5 }),
  ]);
  await signIn();
  await page.goto(`/sessions/${session}`);
  const postMortem = page.getByRole('region', { name: 'Post-mortem' });
  await expect(postMortem).toContainText('It overflowed');
  await expect(postMortem).toContainText('+158,000');
  await expect(postMortem.getByRole('link', { name: 'gateway' })).toBeVisible();

  const whatIf = page.getByRole('region', { name: 'What if' });
  await whatIf.getByRole('button', { name: 'Replay' }).click();
  await expect(whatIf.getByText(/9\d % fewer input tokens/)).toBeVisible();
  const table = whatIf.getByRole('table', { name: 'The session as it was and with the rules' });
  await expect(table.getByRole('row', { name: /Larger than its window/ })).toContainText(
    /from call \d+never/,
  );
  await expect(whatIf.getByText('resultBytesMax: 10240, bytesMax: 500000')).toBeVisible();
  await expectSoundPage(page);
  for (const [name, width] of [
    ['wide', 1440],
    ['narrow', 390],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await whatIf.screenshot({ path: testInfo.outputPath(`what-if-${name}.png`) });
    await postMortem.screenshot({ path: testInfo.outputPath(`post-mortem-${name}.png`) });
  }
});
