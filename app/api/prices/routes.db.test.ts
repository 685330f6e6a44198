import { afterAll, beforeAll, expect, test } from 'vitest';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import {
  knownPricesAnswer,
  priceAnswer,
  pricesAnswer,
  repricingAnswer,
} from '#lib/http/contract/price-answer.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import * as price from './[id]/route.ts';
import * as known from './known/route.ts';
import * as reprice from './reprice/route.ts';
import * as prices from './route.ts';

const adminKey = 'an-admin-key-of-the-environment';
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  process.env['DATABASE_URL'] = base.url;
  process.env['PLIMSOLL_ADMIN_KEY'] = adminKey;
  await ensureProject(base.db);
});
afterAll(async () => {
  await database().close();
  await base.close();
});

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, unknown>> },
) => Promise<Response> | Response;

async function ask(handler: Handler, method: string, body?: unknown, id?: string) {
  const request = new Request('http://localhost:3000/api/prices', {
    method,
    headers: {
      host: 'localhost:3000',
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const rates = { model: 'house-*', inputUsdPerMillion: '1.25', outputUsdPerMillion: 10 };

test('a price is made, listed, changed in part and removed, and all of it is in the audit', async () => {
  const made = await ask(prices.POST, 'POST', rates);
  expect(made.status).toBe(201);
  expect(priceAnswer.parse(made.json)).toMatchObject({
    provider: '*',
    inputUsdPerMillion: '1.25',
    outputUsdPerMillion: '10',
    cacheReadUsdPerMillion: '1.25',
    cacheWrite1hUsdPerMillion: '1.25',
    validFrom: null,
    validTo: null,
  });
  const { id } = made.json;
  const changed = await ask(price.PATCH, 'PATCH', { validTo: '2026-12-01T00:00:00+01:00' }, id);
  expect(changed).toEqual({ status: 200, json: { ...made.json, validTo: '2026-11-30T23:00:00.000Z' } });
  const listed = await ask(prices.GET, 'GET');
  expect(pricesAnswer.parse(listed.json).overrides).toEqual([changed.json]);
  expect((await ask(price.DELETE, 'DELETE', undefined, id)).status).toBe(204);
  expect((await ask(price.DELETE, 'DELETE', undefined, id)).status).toBe(404);
  const audit = await base.db.run("select action from audit where action like 'price%' order by ts");
  expect(audit.map(({ action }) => action)).toEqual(['price_added', 'price_changed', 'price_removed']);
});

test.each([
  ['a negative rate', { ...rates, inputUsdPerMillion: '-1' }],
  ['seven decimals', { ...rates, inputUsdPerMillion: '0.0000001' }],
  ['no rate of output', { model: 'x', inputUsdPerMillion: '1' }],
  ['no model', { ...rates, model: '' }],
  ['a field that is unknown', { ...rates, tier: 2 }],
  [
    'an end before its beginning',
    { ...rates, validFrom: '2026-02-01T00:00:00Z', validTo: '2026-01-01T00:00:00Z' },
  ],
  ['a day that never was', { ...rates, validFrom: '2026-02-30T00:00:00Z' }],
])('a price with %s is refused', async (_, body) => {
  expect((await ask(prices.POST, 'POST', body)).status).toBe(400);
});

test('an empty change is refused, and so is one of what is not there', async () => {
  const id = '11111111-1111-4111-8111-111111111111';
  expect((await ask(price.PATCH, 'PATCH', {}, id)).status).toBe(400);
  expect((await ask(price.PATCH, 'PATCH', { validTo: null }, id)).status).toBe(404);
  expect((await ask(price.PATCH, 'PATCH', { validTo: null }, 'nonsense')).status).toBe(404);
});

test('re-pricing is a dry run unless it is told otherwise', async () => {
  const answer = await ask(reprice.POST, 'POST', {});
  expect(repricingAnswer.parse(answer.json)).toMatchObject({
    dryRun: true,
    calls: 0,
    changed: 0,
    next: null,
  });
});

test('the bundled list is searched', async () => {
  const request = new Request('http://localhost:3000/api/prices/known?q=sonnet-4-5&limit=3', {
    headers: { host: 'localhost:3000', authorization: `Bearer ${adminKey}` },
  });
  const response = await known.GET(request, { params: Promise.resolve({}) });
  const { total, models } = knownPricesAnswer.parse(await response.json());
  expect(total).toBeGreaterThan(3);
  expect(models).toHaveLength(3);
});
