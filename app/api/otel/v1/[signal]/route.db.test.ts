import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as keys from '#app/api/keys/route.ts';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { AppError, errorCodes } from '#lib/errors.ts';
import { makeTraces, toBytes } from '#lib/otlp/testing/make-export.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import { refuseExport } from '#lib/server/otlp/answer-export.ts';
import { POST, PUT } from './route.ts';

const adminKey = 'an-admin-key-of-the-environment';
const byAdmin = { authorization: `Bearer ${adminKey}` };
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

const span = {
  id: '1',
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 2,
  },
};

async function send(signal: string, headers: Readonly<Record<string, string>>, method = 'POST') {
  const request = new Request(`http://localhost:3000/api/otel/v1/${signal}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: new Uint8Array(toBytes(makeTraces([span]))),
  });
  const answer = await (method === 'PUT' ? PUT : POST)(request);
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) };
}

async function makeKey(scope: string): Promise<string> {
  const request = new Request('http://localhost:3000/api/keys', {
    method: 'POST',
    headers: { ...byAdmin, host: 'localhost:3000', 'content-type': 'application/json' },
    body: JSON.stringify({ name: scope, scopes: [scope] }),
  });
  const answer = await keys.POST(request, { params: Promise.resolve({}) });
  const made: { readonly key: string } = JSON.parse(await answer.text());
  return made.key;
}

describe('the route of OTLP, which serves where no front door stands before it', () => {
  test('takes an export and answers in its encoding', async () => {
    const { status, headers, json } = await send('traces', byAdmin);
    expect([status, headers.get('content-type'), json]).toEqual([200, 'application/json', {}]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['ingest', 200, {}],
    ['read', 403, { code: 7, message: expect.stringContaining('`ingest`') }],
    ['holds', 403, { code: 7, message: expect.stringContaining('`ingest`') }],
  ])('answers a key with the scope %s with %i', async (scope, status, body) => {
    const answer = await send('traces', { 'x-api-key': await makeKey(scope) });
    expect([answer.status, answer.json]).toEqual([status, body]);
  });

  test('knows three signals and one method', async () => {
    expect((await send('profiles', byAdmin)).status).toBe(404);
    expect((await send('traces', byAdmin, 'PUT')).status).toBe(405);
  });
});

test.each(errorCodes)('a refusal as %s is retried by senders if it says when, and only then', (code) => {
  const { status, headers, body } = refuseExport(new AppError(code, 'why'), 'application/json');
  expect([429, 503].includes(status)).toBe('retry-after' in headers);
  expect(status === 500).toBe(code === 'internal');
  expect(JSON.parse(Buffer.from(body).toString('utf8'))).toEqual({
    code: expect.any(Number),
    message: expect.stringContaining(code),
  });
});
