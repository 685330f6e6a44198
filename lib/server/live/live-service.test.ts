import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { everyChange, type ProjectChange } from '#lib/live/project-change.ts';
import { openIngestLanes } from '../ingest/ingest-lanes.ts';
import { ingestEvents } from '../ingest-events.ts';
import { decoded, messageEvent, usageEvent } from '../testing/events.ts';
import { type LiveService, openLiveService } from './live-service.ts';

let base: TestDatabase;
let opened: LiveService[] = [];

beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.close());
afterEach(async () => {
  await Promise.all(opened.map((service) => service.close()));
  opened = [];
});

/** One of several processes on the same database. */
function openReplica(): LiveService {
  const service = openLiveService({ db: base.db, listenUrl: base.url });
  opened.push(service);
  return service;
}

function listenersNow() {
  return base.db.run(
    `select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`,
  );
}

async function hear(service: LiveService, projectId = 1) {
  const heard: ProjectChange[] = [];
  const before = new Set((await listenersNow()).map(({ pid }) => pid));
  service.hub.subscribe(projectId, (change) => heard.push(change));
  await vi.waitFor(async () => {
    const added = (await listenersNow()).filter(({ pid }) => !before.has(pid));
    expect(added).toHaveLength(1);
  });
  return heard;
}

const change = { topics: ['usage'], sessions: ['a'] } as const;

test('a change is heard once in every replica, and by its own project only', async () => {
  const [here, there] = [openReplica(), openReplica()];
  const heardHere = await hear(here);
  const heardThere = await hear(there);
  const foreign: ProjectChange[] = [];
  there.hub.subscribe(2, (other) => foreign.push(other));
  here.hub.publish(1, change);
  await vi.waitFor(() => expect(heardThere).toEqual([change]));
  here.hub.publish(1, { topics: ['budgets'], sessions: [] });
  await vi.waitFor(() => expect(heardThere).toHaveLength(2));
  expect(heardHere).toEqual([change, { topics: ['budgets'], sessions: [] }]);
  expect(foreign).toEqual([]);
});

test('a replica whose connection was cut hears again, and that it may have missed something', async () => {
  const [here, there] = [openReplica(), openReplica()];
  const heard = await hear(there);
  for (const { pid } of await listenersNow()) {
    await base.db.run('select pg_terminate_backend($1::int)', [Number(pid)]);
  }
  await vi.waitFor(() => expect(heard).toEqual([everyChange]), { timeout: 5_000 });
  here.hub.publish(1, change);
  await vi.waitFor(() => expect(heard).toHaveLength(2));
});

test('closing tells what was not told yet', async () => {
  const [here, there] = [openReplica(), openReplica()];
  const heard = await hear(there);
  here.hub.publish(1, change);
  await here.close();
  await vi.waitFor(() => expect(heard).toEqual([change]));
});

test('an event that was stored is told after its commit, a duplicate is not', async () => {
  const heard: ProjectChange[] = [];
  const lanes = openIngestLanes(base.db, (_, told) => heard.push(told));
  const context = { db: base.db, lanes, projectId: 1, overrides: [], redact: true };
  const events = [usageEvent({ id: 'live-1', session: 's1' }), messageEvent({ id: 'live-2', session: 's2' })];
  await ingestEvents(decoded(events), context);
  expect(heard).toEqual(
    expect.arrayContaining([
      { topics: ['usage'], sessions: ['s1'] },
      { topics: ['messages'], sessions: ['s2'] },
    ]),
  );
  await ingestEvents(decoded(events), context);
  expect(heard).toHaveLength(2);
});
