import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { previewBudget } from '../budgets/preview-budget.ts';
import { readBudgets } from '../budgets/read-budgets.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { makeBudget } from '../testing/budgets.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { makeAlertTarget, readAlertTargets, removeAlertTarget, testAlertTarget } from './alert-targets.ts';
import { deliverAlerts } from './deliver-alerts.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { markAlertsSeen, readAlerts } from './read-alerts.ts';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };
let base: TestDatabase;
let db: Database;
let projectId = 200;
let received: Received[] = [];
let answerStatus = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    received.push({ headers: request.headers, body });
    response.writeHead(answerStatus, answerStatus === 302 ? { Location: '/elsewhere' } : {});
    response.end('thanks');
  });
});

beforeAll(async () => {
  base = await createTestDatabase();
  ({ db } = base);
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
beforeEach(() => {
  projectId++;
  received = [];
  answerStatus = 200;
});
afterAll(async () => {
  receiver.close();
  await base.close();
});

const by = () => browserPrincipal(projectId);
const hookUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const target = (kind: 'webhook' | 'slack' = 'webhook', url = hookUrl()) =>
  makeAlertTarget({ db, by: by() }, { name: 'Hook', kind, url });
const evaluate = (nowMs: number) => evaluateAlerts(db, { projectId, nowMs });
const deliver = () => deliverAlerts(db, { projectId, nowMs: () => Date.now() });
const titles = async () =>
  (await readAlerts(db, { projectId, before: null, limit: 50 })).alerts.map(({ title }) => title).sort();

/** 60 cents at a time: a million tokens of gpt-4o-mini's answers. */
let events = 0;
const spend = (at: string, times = 1) =>
  openReplica(db, projectId).send(
    Array.from({ length: times }, () =>
      usageEvent({
        id: `spent-${events++}`,
        provider: 'openai',
        model: 'gpt-4o-mini',
        inputTokens: 0,
        outputTokens: 1_000_000,
        ts: at,
      }),
    ),
  );

const day = '2026-11-18';
const at = (time: string) => Date.parse(`${day}T${time}Z`);
const daily = (more: object = {}) =>
  makeBudget(
    db,
    { name: 'Daily', limitUsd: '6', period: 'day', timeZone: 'UTC', hard: false, ...more },
    projectId,
  );

test('each threshold fires once in its window, whoever looks and however often', async () => {
  await daily();
  await spend(`${day}T08:00:00Z`, 5);
  const looks = await Promise.all([evaluate(at('09:00:00')), evaluate(at('09:00:00'))]);
  expect(looks.reduce((sum, { fired }) => sum + fired, 0)).toBe(1);
  expect(await evaluate(at('09:00:02'))).toEqual({ fired: 0, recovered: 0 });
  await spend(`${day}T10:00:00Z`, 5);
  expect(await evaluate(at('10:00:00'))).toEqual({ fired: 2, recovered: 0 });
  expect(await titles()).toEqual([
    'Daily: 50 % of the limit is spent',
    'Daily: 80 % of the limit is spent',
    'Daily: The limit is reached',
  ]);
  const [view] = await readBudgets(db, { projectId, nowMs: at('10:00:00') });
  expect(view).toMatchObject({ state: 'over', spentPercent: 100 });
  expect(view?.alerts.map(({ rule }) => rule).sort()).toEqual([
    'threshold:100',
    'threshold:50',
    'threshold:80',
  ]);
});

test('an event that comes late still counts for the window that is over', async () => {
  const budget = await daily();
  await db.run(
    `update budgets set created_at = '2026-11-01' where project_id = $1::int and id = $2::text::uuid`,
    [projectId, budget.id],
  );
  await spend('2026-11-17T23:00:00Z', 5);
  expect(await evaluate(at('03:00:00'))).toEqual({ fired: 1, recovered: 0 });
  expect(await evaluate(at('03:00:02'))).toEqual({ fired: 0, recovered: 0 });
});

test('a raised limit brings the recovery, once, and the budget says so', async () => {
  const budget = await daily();
  await target();
  await spend(`${day}T08:00:00Z`, 8);
  expect(await evaluate(at('09:00:00'))).toEqual({ fired: 2, recovered: 0 });
  await raise(budget, 60);
  expect(await evaluate(at('09:00:10'))).toEqual({ fired: 0, recovered: 2 });
  expect(await evaluate(at('09:00:12'))).toEqual({ fired: 0, recovered: 0 });
  expect((await readBudgets(db, { projectId, nowMs: at('09:01:00') }))[0]?.state).toBe('recovered');
  await deliver();
  expect(received.map(({ body }) => JSON.parse(body).event).sort()).toEqual([
    'alert.fired',
    'alert.fired',
    'alert.recovered',
    'alert.recovered',
  ]);
});

async function raise(budget: Budget, limitUsd: number): Promise<void> {
  await db.run(
    `update budgets set limit_pico_usd = $3::int8, revision = revision + 1 where project_id = $1::int and id = $2::text::uuid`,
    [projectId, budget.id, String(BigInt(limitUsd) * 1_000_000_000_000n)],
  );
}

test('what is spent too fast and what is unusual fires once a day', async () => {
  await makeBudget(
    db,
    {
      name: 'Monthly',
      limitUsd: '600',
      period: 'month',
      timeZone: 'UTC',
      thresholds: [],
      rules: [
        { kind: 'burn', percent: 1, hours: 1, sustainedHours: 1 },
        { kind: 'anomaly', deviations: 4 },
      ],
    },
    projectId,
  );
  for (let date = 8; date < 18; date++) await spend(`2026-11-${String(date).padStart(2, '0')}T12:00:00Z`, 2);
  expect(await evaluate(at('07:00:00'))).toEqual({ fired: 0, recovered: 0 });
  await spend(`${day}T08:00:00Z`, 10);
  expect(await evaluate(at('08:10:00'))).toEqual({ fired: 2, recovered: 0 });
  expect(await evaluate(at('08:20:00'))).toEqual({ fired: 0, recovered: 0 });
  // The hour has passed, the day is as unusual as before.
  expect(await evaluate(at('10:00:00'))).toEqual({ fired: 0, recovered: 1 });
});

test('messages are signed and carry an id that stays over repeats', async () => {
  await daily({ thresholds: [50] });
  const { secret } = await target();
  await spend(`${day}T08:00:00Z`, 6);
  await evaluate(at('09:00:00'));
  answerStatus = 503;
  expect(await deliver()).toBe(1);
  expect(await deliver()).toBe(0);
  expect((await readAlertTargets(db, projectId))[0]?.last).toMatchObject({
    state: 'failing',
    error: 'It answered 503.',
  });
  await db.run('update deliveries set next_attempt_at = now() where project_id = $1::int', [projectId]);
  answerStatus = 200;
  expect(await deliver()).toBe(1);
  expect((await readAlertTargets(db, projectId))[0]?.last).toMatchObject({ state: 'delivered' });
  const [first, second] = received;
  expect(first?.headers['plimsoll-delivery']).toBe(second?.headers['plimsoll-delivery']);
  const [, seconds, digest] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(second?.headers['plimsoll-signature'])) ?? [];
  expect(createHmac('sha256', secret).update(`${seconds}.${second?.body}`).digest('hex')).toBe(digest);
  expect(JSON.parse(second?.body ?? '')).toMatchObject({
    event: 'alert.fired',
    title: 'Daily: 50 % of the limit is spent',
    spentUsd: '3.6',
    limitUsd: '6',
    window: { start: '2026-11-18T00:00:00.000Z', end: '2026-11-19T00:00:00.000Z' },
  });
});

test('a target that never answers well is given up after eight attempts and shown so', async () => {
  const { id } = await target();
  await testAlertTarget({ db, by: by() }, { id, nowMs: Date.now() });
  answerStatus = 302;
  for (let attempt = 0; attempt < 10; attempt++) {
    await deliver();
    await db.run('update deliveries set next_attempt_at = now() where project_id = $1::int', [projectId]);
  }
  expect(received).toHaveLength(8);
  expect((await readAlertTargets(db, projectId))[0]?.last).toMatchObject({
    state: 'failed',
    error: 'It answered 302.',
  });
});

test('Slack gets its own form, and a removed target nothing', async () => {
  const { id } = await target('slack');
  await daily({ name: 'A <b> & c', thresholds: [50] });
  await spend(`${day}T08:00:00Z`, 6);
  await evaluate(at('09:00:00'));
  await deliver();
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    text: '*A &lt;b&gt; &amp; c: 50 % of the limit is spent*\n$3.60 of $6.00 spent; resets 2026-11-19 00:00 UTC.',
  });
  await testAlertTarget({ db, by: by() }, { id, nowMs: Date.now() });
  await removeAlertTarget({ db, by: by() }, id);
  expect(await deliver()).toBe(0);
});

test('a name that leads nowhere is shown as failing', async () => {
  const { id } = await target('webhook', 'http://no-such-host.invalid/');
  await testAlertTarget({ db, by: by() }, { id, nowMs: Date.now() });
  await deliver();
  expect((await readAlertTargets(db, projectId))[0]?.last?.state).toBe('failing');
});

test('the feed tells how many nobody has seen', async () => {
  await daily();
  await spend(`${day}T08:00:00Z`, 10);
  await evaluate(at('09:00:00'));
  expect((await readAlerts(db, { projectId, before: null, limit: 2 })).unseen).toBe(3);
  await markAlertsSeen(db, { projectId, nowMs: Date.now() });
  const feed = await readAlerts(db, { projectId, before: null, limit: 2 });
  expect(feed.unseen).toBe(0);
  expect(feed.nextBefore).not.toBeNull();
});

test('a preview shows the window, the past periods and what would have fired', async () => {
  for (const date of ['15', '16', '17']) await spend(`2026-11-${date}T12:00:00Z`, 5);
  const preview = await previewBudget(db, {
    projectId,
    nowMs: at('09:00:00'),
    input: {
      name: 'New',
      scope: {},
      limitUsd: '5',
      countTokens: ['output'],
      period: 'day',
      timeZone: 'Asia/Kathmandu',
      weekStart: 1,
      anchorDay: 1,
      thresholds: [50, 100],
      rules: [],
      hard: false,
      whenUnavailable: 'closed',
      paused: false,
    },
  });
  expect(preview).toMatchObject({
    window: { start: '2026-11-17T18:15:00.000Z', end: '2026-11-18T18:15:00.000Z' },
    periods: [
      { spentUsd: '0', percent: 0 },
      { spentUsd: '3', percent: 60 },
      { spentUsd: '3', percent: 60 },
      { spentUsd: '3', percent: 60 },
    ],
    firesTotal: 3,
    testedDays: 30,
  });
  expect(preview.fires[0]).toMatchObject({ rule: 'threshold:50', at: '2026-11-17T12:15:00.000Z' });
});
