import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { priceBody } from '#lib/http/contract/price-body.ts';
import { type LiveService, openLiveService } from '../live/live-service.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { addPrice } from './change-prices.ts';
import { followPriceOverrides, forgetPriceOverrides, priceOverridesOf } from './price-overrides-of.ts';

let base: TestDatabase;
let other: Database;
let services: LiveService[];

beforeAll(async () => {
  base = await createTestDatabase();
  other = openDatabase({ url: base.url, connectionsMax: 2 });
  services = [base.db, other].map((db) => openLiveService({ db, listenUrl: base.url }));
});
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
  await other.close();
  await base.close();
});

async function untilListening(): Promise<void> {
  await vi.waitFor(async () => {
    const rows = await base.db.run(
      "select pid from pg_stat_activity where datname = current_database() and query like 'listen %'",
    );
    expect(rows).toHaveLength(1);
  });
}

test('rates that one replica changed are in force in the others once they hear of it', async () => {
  const [here, there] = services;
  if (here === undefined || there === undefined) throw new Error('There are two.');
  followPriceOverrides(other, there.hub);
  expect(await priceOverridesOf(other, 1)).toEqual([]);
  await untilListening();
  const body = { provider: 'home', model: 'house-*', inputUsdPerMillion: '1', outputUsdPerMillion: '2' };
  await addPrice(base.db, browserPrincipal(), priceBody.parse(body));
  expect(await priceOverridesOf(other, 1)).toEqual([]);
  here.hub.publish(1, { topics: ['usage', 'settings'], sessions: 'many' });
  await vi.waitFor(async () => expect(await priceOverridesOf(other, 1)).toHaveLength(1));
});

test('requests that come at once share one read, but not with those that come after a change', async () => {
  let reads = 0;
  const counting: Database = {
    ...base.db,
    ask: (query, options) => {
      reads += 1;
      return base.db.ask(query, options);
    },
  };
  const before = Array.from({ length: 8 }, () => priceOverridesOf(counting, 1));
  expect(reads).toBe(1);
  forgetPriceOverrides(counting, 1);
  const after = [priceOverridesOf(counting, 1), priceOverridesOf(counting, 1)];
  expect(reads).toBe(2);
  const rates = await Promise.all([...before, ...after]);
  for (const read of rates) expect(read).toHaveLength(1);
  // The read from before the change must not stand for what is in force.
  await priceOverridesOf(counting, 1);
  expect(reads).toBeLessThanOrEqual(3);
});
