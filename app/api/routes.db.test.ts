import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as key from '#app/api/keys/[id]/route.ts';
import * as keys from '#app/api/keys/route.ts';
import * as login from '#app/api/login/route.ts';
import * as logout from '#app/api/logout/route.ts';
import * as overview from '#app/api/overview/route.ts';
import * as sessions from '#app/api/sessions/route.ts';
import * as password from '#app/api/settings/password/route.ts';
import * as settings from '#app/api/settings/route.ts';
import * as usage from '#app/api/usage/route.ts';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { keysAnswer, loginAnswer, settingsAnswer } from '#lib/http/contract/account-answer.ts';
import { overviewAnswer } from '#lib/http/contract/overview-answer.ts';
import { sessionsAnswer } from '#lib/http/contract/session-answer.ts';
import { usageAnswer } from '#lib/http/contract/usage-answer.ts';
import { instantMs } from '#lib/http/contract/usage-query.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';

const origin = 'http://localhost:3000';
const adminKey = 'an-admin-key-of-the-environment';
const byAdmin = { authorization: `Bearer ${adminKey}` };

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, unknown>> },
) => Promise<Response> | Response;
type Asked = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly params?: Record<string, unknown>;
};

async function ask(handler: Handler, path: string, asked: Asked = {}) {
  const { method = 'GET', headers = {}, body, params = {} } = asked;
  const request = new Request(`${origin}${path}`, {
    method,
    headers: {
      host: 'localhost:3000',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}

let base: TestDatabase;
/** Each test comes from an address of its own, so that the limit on tries is its own too. */
let client = 0;

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
beforeEach(async () => {
  client += 1;
  await base.db.run('truncate settings, login_sessions, audit');
});

async function signIn(): Promise<Record<string, string>> {
  const answer = await ask(login.POST, '/api/login', {
    method: 'POST',
    headers: { 'x-forwarded-for': `10.0.0.${client}` },
    body: { token: adminKey },
  });
  expect(answer.status).toBe(204);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^plimsoll_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
  return { cookie: cookie.split(';')[0] ?? '' };
}

describe('signing in', () => {
  test('gives a cookie that opens the API until signing out', async () => {
    const byCookie = await signIn();
    expect((await ask(settings.GET, '/api/settings', { headers: byCookie })).status).toBe(200);
    const out = await ask(logout.POST, '/api/logout', { method: 'POST', headers: { ...byCookie, origin } });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect(await ask(settings.GET, '/api/settings', { headers: byCookie })).toMatchObject({
      status: 401,
      json: { code: 'unauthenticated' },
    });
  });

  test.each([
    ['a wrong token', { token: 'wrong' }, 401, 'unauthenticated'],
    ['a wrong password', { password: 'wrong' }, 401, 'unauthenticated'],
    ['both', { token: adminKey, password: 'x' }, 400, 'bad_request'],
    ['nothing', {}, 400, 'bad_request'],
    ['a list', [], 400, 'bad_request'],
    ['no JSON', '{', 400, 'invalid_json'],
    ['a member twice', '{"token":"a","token":"b"}', 400, 'duplicate_key'],
    ['64 KiB and more', JSON.stringify({ token: 'x'.repeat(65_536) }), 413, 'body_too_large'],
  ])('is refused with %s', async (_, body, status, code) => {
    const headers = { 'x-forwarded-for': `10.0.0.${client}` };
    expect(await ask(login.POST, '/api/login', { method: 'POST', headers, body })).toMatchObject({
      status,
      json: { code },
    });
  });

  test('takes JSON only, which a form of another site cannot send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json5']) {
      const answer = await ask(login.POST, '/api/login', {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ token: adminKey }),
      });
      expect(answer).toMatchObject({ status: 415, json: { code: 'unsupported_media_type' } });
    }
  });

  test('is refused for a minute after ten wrong tries of one address', async () => {
    const headers = { 'x-forwarded-for': 'an impatient one' };
    const attempt = () =>
      ask(login.POST, '/api/login', { method: 'POST', headers, body: { token: 'wrong' } });
    for (let tries = 0; tries < 10; tries += 1) expect((await attempt()).status).toBe(401);
    const refused = await attempt();
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('tells nobody more than whether there is a password', async () => {
    expect((await ask(login.GET, '/api/login')).json).toEqual({ passwordSet: false });
  });
});

describe('a change by a signed-in browser', () => {
  test.each([
    ['from our page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['of our origin', { origin }, 200],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }, 403],
    ['of another origin', { origin: 'https://evil.example' }, 403],
    [
      'of another origin by a lying proxy',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      403,
    ],
    ['of the origin null', { origin: 'null' }, 403],
    ['that does not say where from', {}, 403],
  ])('%s', async (_, headers, status) => {
    const byCookie = await signIn();
    const answer = await ask(settings.PATCH, '/api/settings', {
      method: 'PATCH',
      headers: { ...byCookie, ...headers },
      body: { retentionDays: 90 },
    });
    expect(answer.status).toBe(status);
    const after = await ask(settings.GET, '/api/settings', { headers: byCookie });
    expect(after.json.retentionDays).toBe(status === 200 ? 90 : 30);
  });

  test('needs no such header with a key', async () => {
    const answer = await ask(settings.PATCH, '/api/settings', {
      method: 'PATCH',
      headers: { ...byAdmin, 'sec-fetch-site': 'cross-site' },
      body: { timeZone: 'Asia/Kathmandu' },
    });
    expect(answer).toMatchObject({ status: 200, json: { timeZone: 'Asia/Kathmandu' } });
  });
});

describe('keys', () => {
  const make = (scopes: readonly string[], name = 'bot') =>
    ask(keys.POST, '/api/keys', { method: 'POST', headers: byAdmin, body: { name, scopes } });

  test('are shown once, listed without the secret, and do what they may', async () => {
    const made = await make(['read']);
    expect(made.status).toBe(201);
    const { key: secret, id } = made.json;
    const byKey = { 'x-api-key': secret };
    const listed = await ask(keys.GET, '/api/keys', { headers: byAdmin });
    expect(listed.json.keys[0]).toMatchObject({ id, prefix: secret.slice(0, 12), scopes: ['read'] });
    expect(JSON.stringify(listed.json)).not.toContain(secret);
    expect((await ask(sessions.GET, '/api/sessions', { headers: byKey })).status).toBe(200);
    expect(await ask(keys.GET, '/api/keys', { headers: byKey })).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    });
    const params = { id };
    const gone = await ask(key.DELETE, `/api/keys/${id}`, { method: 'DELETE', headers: byAdmin, params });
    expect(gone.status).toBe(204);
    expect((await ask(sessions.GET, '/api/sessions', { headers: byKey })).status).toBe(401);
  });

  test.each([
    ['an ingest key', ['ingest'], 403],
    ['a read key', ['read'], 200],
    ['an admin key', ['admin'], 200],
  ])('%s reads: %s -> %d', async (_, scopes, status) => {
    const headers = { authorization: `bearer ${(await make(scopes)).json.key}` };
    expect((await ask(overview.GET, '/api/overview', { headers })).status).toBe(status);
  });

  test.each([
    ['no name', { scopes: ['read'] }],
    ['an empty name', { name: '  ', scopes: ['read'] }],
    ['a name that Postgres cannot hold', { name: 'a\u0000b', scopes: ['read'] }],
    ['no scope', { name: 'a', scopes: [] }],
    ['an unknown scope', { name: 'a', scopes: ['root'] }],
    ['a scope twice', { name: 'a', scopes: ['read', 'read'] }],
    ['a member too many', { name: 'a', scopes: ['read'], projectId: 2 }],
  ])('are not made with %s', async (_, body) => {
    const answer = await ask(keys.POST, '/api/keys', { method: 'POST', headers: byAdmin, body });
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_request', errors: [expect.anything()] } });
  });

  test.each(['00000000-0000-4000-8000-000000000000', 'x', "' or true --"])(
    'of the id %j cannot be revoked',
    async (id) => {
      const answer = await ask(key.DELETE, '/api/keys/x', {
        method: 'DELETE',
        headers: byAdmin,
        params: { id },
      });
      expect(answer).toMatchObject({ status: 404, json: { code: 'not_found' } });
    },
  );
});

describe('settings', () => {
  test('tell what is set and what this installation is', async () => {
    expect((await ask(settings.GET, '/api/settings', { headers: byAdmin })).json).toEqual({
      passwordSet: false,
      retentionDays: 30,
      timeZone: 'UTC',
      holdBasis: 'upper',
      holdCapUsd: null,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      database: { kind: 'external', version: expect.stringMatching(/^\d+/) },
      counts: { events: 0, messages: 0, sessions: 0 },
    });
  });

  test.each([
    [{ retentionDays: -1 }, 'retentionDays'],
    [{ retentionDays: 1.5 }, 'retentionDays'],
    [{ retentionDays: 36_501 }, 'retentionDays'],
    [{ retentionDays: '30' }, 'retentionDays'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: 'UTC', retentionDays: null }, 'retentionDays'],
    [{}, ''],
    [{ password: 'x' }, ''],
  ])('refuse %j, naming the field, and change nothing', async (body, path) => {
    const answer = await ask(settings.PATCH, '/api/settings', { method: 'PATCH', headers: byAdmin, body });
    expect(answer).toMatchObject({ status: 400, json: { code: 'bad_request' } });
    expect(answer.json.errors[0].path).toBe(path);
    expect(await base.db.run('select 1 from settings')).toEqual([]);
  });

  test('note who changed what, and never the password', async () => {
    const byCookie = await signIn();
    const secret = 'a password of length';
    const body = { password: secret };
    const headers = { ...byCookie, origin };
    expect((await ask(password.PUT, '/api/settings/password', { method: 'PUT', headers, body })).status).toBe(
      204,
    );
    await ask(settings.PATCH, '/api/settings', { method: 'PATCH', headers, body: { retentionDays: 7 } });
    expect((await ask(login.GET, '/api/login')).json).toEqual({ passwordSet: true });
    const rows = await base.db.run('select action, actor, details from audit order by ts, id');
    expect(rows.map((row) => row['action'])).toEqual(['login', 'password_changed', 'settings_changed']);
    expect(rows[2]).toMatchObject({
      actor: expect.stringMatching(/^browser:[0-9a-f]{12}$/),
      details: { retentionDays: 7 },
    });
    const all = JSON.stringify([rows, await base.db.run('select value from settings')]);
    expect(all).not.toContain(secret);
  });

  test.each(['short', 'aaaaaaaaaaaaaaa', 'x1'.repeat(101)])('refuse the password %j', async (weak) => {
    const asked = { method: 'PUT', headers: byAdmin, body: { password: weak } };
    expect((await ask(password.PUT, '/api/settings/password', asked)).status).toBe(400);
  });

  test('ask for the present password before it is changed, also of the admin key', async () => {
    const put = (body: unknown) =>
      ask(password.PUT, '/api/settings/password', { method: 'PUT', headers: byAdmin, body });
    expect((await put({ password: 'the first password' })).status).toBe(204);
    expect((await put({ password: 'the second password' })).status).toBe(403);
    expect((await put({ password: 'the second password', currentPassword: 'wrong' })).status).toBe(403);
    const right = { password: 'the second password', currentPassword: 'the first password' };
    expect((await put(right)).status).toBe(204);
  });
});

describe('a query', () => {
  test.each([
    ['/api/usage', 'from'],
    ['/api/usage?from=2026-02-30T00:00:00Z&to=2026-03-01T00:00:00Z', 'from'],
    ['/api/usage?from=2026-02-01&to=2026-03-01T00:00:00Z', 'from'],
    ['/api/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z&bucket=year', 'bucket'],
    ['/api/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z&groupBy=agent,planet', 'groupBy'],
    ['/api/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z&tz=Mars', 'tz'],
    ['/api/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z&weekStart=8', 'weekStart'],
    ['/api/usage?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z&limit=5', 'limit'],
    ['/api/usage?from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z', 'from'],
    ['/api/usage?from=a&from=b', 'from'],
    ['/api/usage?__proto__=1', 'from'],
  ])('%s is refused, naming %s', async (path, field) => {
    const answer = await ask(usage.GET, path, { headers: byAdmin });
    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid_query' } });
    expect(answer.json.detail).toContain(field);
  });

  test.each([
    ['from the beginning of time', 'from=1970-01-01T00:00:00Z&to=2026-03-01T00:00:00Z'],
    ['of a time before there was anything', 'from=1969-01-01T00:00:00Z&to=2000-01-02T00:00:00Z'],
    ['whose plus was not encoded', 'from=2026-02-01T00:00:00+05:45&to=2026-03-01T00:00:00-03:30'],
  ])('of usage %s is answered', async (_, query) => {
    expect(await ask(usage.GET, `/api/usage?${query}`, { headers: byAdmin })).toMatchObject({
      status: 200,
      json: { rows: [] },
    });
    expect((await ask(overview.GET, `/api/overview?${query}`, { headers: byAdmin })).status).toBe(200);
  });

  test('finer than a millisecond begins after the millisecond', async () => {
    expect(instantMs('2026-02-01T00:00:00.000001Z')).toBe(Date.UTC(2026, 1, 1) + 1);
    expect(instantMs('2026-02-01T00:00:00.000000Z')).toBe(Date.UTC(2026, 1, 1));
    expect(instantMs('2026-02-01T00:00:00.5Z')).toBe(Date.UTC(2026, 1, 1) + 500);
  });

  test.each([
    'days=7',
    'range=year',
    'range=7d&from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z',
    'from=2026-02-01T00:00:00Z',
    'from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z',
    'by=planet',
    'bucket=minute',
    'tz=Mars',
  ])('of the overview with %s is refused', async (query) => {
    expect((await ask(overview.GET, `/api/overview?${query}`, { headers: byAdmin })).status).toBe(400);
  });

  test.each(['limit=201', 'limit=0', 'sort=size', 'q=%00', 'agent=', 'cursor=nonsense'])(
    'of the sessions with %s is refused',
    async (query) => {
      expect((await ask(sessions.GET, `/api/sessions?${query}`, { headers: byAdmin })).status).toBe(400);
    },
  );

  test('has sensible defaults, and days begin in the zone of the project', async () => {
    const range = 'from=2026-02-01T00:00:00%2B05:45&to=2026-03-01T00:00:00Z';
    expect((await ask(usage.GET, `/api/usage?${range}`, { headers: byAdmin })).json).toEqual({ rows: [] });
    const body = { timeZone: 'Asia/Kathmandu' };
    await ask(settings.PATCH, '/api/settings', { method: 'PATCH', headers: byAdmin, body });
    const answer = await ask(overview.GET, '/api/overview', { headers: byAdmin });
    expect(answer.json.range.timeZone).toBe('Asia/Kathmandu');
    expect(answer.json.range.from).toMatch(/T18:15:00.000Z$/);
  });
});

test('what a route does not offer is 405 with the methods it does', async () => {
  const answer = await ask(keys.PUT, '/api/keys', { method: 'PUT', headers: byAdmin });
  expect(answer).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } });
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  const told = await ask(keys.OPTIONS, '/api/keys', { method: 'OPTIONS' });
  expect(told).toMatchObject({ status: 204, json: null });
  expect(told.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
});

test('what is answered is what the OpenAPI document says, no more and no less', async () => {
  const range = 'from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z';
  await ask(keys.POST, '/api/keys', {
    method: 'POST',
    headers: byAdmin,
    body: { name: 'a', scopes: ['read'] },
  });
  for (const [handler, path, schema] of [
    [keys.GET, '/api/keys', keysAnswer],
    [login.GET, '/api/login', loginAnswer],
    [overview.GET, '/api/overview', overviewAnswer],
    [sessions.GET, '/api/sessions', sessionsAnswer],
    [settings.GET, '/api/settings', settingsAnswer],
    [usage.GET, `/api/usage?${range}`, usageAnswer],
  ] as const) {
    const { json } = await ask(handler, path, { headers: byAdmin });
    expect(schema.parse(json)).toEqual(json);
  }
});

test('no answer may be kept by a cache', async () => {
  for (const headers of [byAdmin, {}]) {
    const answer = await ask(settings.GET, '/api/settings', { headers });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});
