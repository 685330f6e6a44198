import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { insertProject } from '#db/queries/insert-project.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { type AuthService, openAuthService } from './auth-service.ts';
import { ensureLocalKey } from './ensure-local-key.ts';
import { ensureProject } from './ensure-project.ts';
import { findPrincipal } from './find-principal.ts';
import { makeKey } from './make-key.ts';
import type { Principal } from './principal.ts';
import { readKeys } from './read-keys.ts';
import { revokeKey } from './revoke-key.ts';

const adminKey = 'an-admin-key-of-the-environment';
const nobody = { authorization: null, apiKey: null, cookie: null };
const admin: Principal = { kind: 'key', projectId: 1, scopes: ['admin'], keyId: null };

let test1: TestDatabase;

beforeAll(async () => {
  test1 = await createTestDatabase();
  await ensureProject(test1.db);
  await insertProject(test1.db, { id: 2, slug: 'other', name: 'Other' });
});
afterAll(() => test1.close());

/** The real database, counting the statements that reach it. */
function counting(db: Database): {
  readonly db: Database;
  readonly state: { statements: number; isCut: boolean };
} {
  const state = { statements: 0, isCut: false };
  const run: Database['run'] = (text, params, options) => {
    state.statements += 1;
    return state.isCut ? Promise.reject(new Error('cut off')) : db.run(text, params, options);
  };
  return { state, db: { ...db, run } };
}

function makeService(options: { nowMs?: () => number } = {}): AuthService {
  return openAuthService(test1.db, { adminKey, ...options });
}

describe('a made key', () => {
  test('opens its own project with its own scopes, in each form of the header', async () => {
    const service = makeService();
    const other: Principal = { ...admin, projectId: 2 };
    const { key, id } = await makeKey(service, other, { name: 'bot', scopes: ['ingest', 'read'] });
    expect(key).toMatch(/^plim_[A-Za-z0-9_-]{43}$/);
    const expected = { kind: 'key', projectId: 2, keyId: id, scopes: ['ingest', 'read'] };
    for (const credentials of [
      { ...nobody, authorization: `Bearer ${key}` },
      { ...nobody, authorization: `bEaReR   ${key} ` },
      { ...nobody, apiKey: key },
      { ...nobody, apiKey: key, authorization: 'Basic cHJveHk6c2VjcmV0' },
    ]) {
      expect(await findPrincipal(credentials, makeService())).toEqual(expected);
    }
  });

  test('is listed by its first characters and never stored', async () => {
    const service = makeService();
    const { key, id } = await makeKey(service, admin, { name: 'listed', scopes: ['read'] });
    const listed = (await readKeys(test1.db, 1)).find((view) => view.id === id);
    expect(listed).toEqual({
      id,
      name: 'listed',
      prefix: key.slice(0, 12),
      scopes: ['read'],
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastUsedAt: null,
      revokedAt: null,
    });
    const rows = await test1.db.run(
      'select k::text as row from api_keys k union all select a::text from audit a',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(key.slice(12));
  });

  test('is refused at once when it is revoked, here and by a process that never saw it', async () => {
    const service = makeService();
    const { key, id } = await makeKey(service, admin, { name: 'short-lived', scopes: ['read'] });
    const credentials = { ...nobody, apiKey: key };
    expect(await findPrincipal(credentials, service)).not.toBeNull();
    await revokeKey(service, admin, id);
    expect(await findPrincipal(credentials, service)).toBeNull();
    expect(await findPrincipal(credentials, makeService())).toBeNull();
    const revoked = (await readKeys(test1.db, 1)).find((view) => view.id === id);
    expect(revoked?.revokedAt).not.toBeNull();
  });

  test('works for five seconds in a process that did not hear of its end', async () => {
    let nowMs = 0;
    const deaf = makeService({ nowMs: () => nowMs });
    const service = makeService();
    const { key, id } = await makeKey(service, admin, { name: 'elsewhere', scopes: ['read'] });
    const credentials = { ...nobody, apiKey: key };
    await findPrincipal(credentials, deaf);
    await revokeKey(service, admin, id);
    nowMs = 5_000;
    expect(await findPrincipal(credentials, deaf)).toBeNull();
  });

  test('of another project cannot be revoked', async () => {
    const service = makeService();
    const { id } = await makeKey(service, { ...admin, projectId: 2 }, { name: 'theirs', scopes: ['read'] });
    await expect(revokeKey(service, admin, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('remembers its last use, written once a minute', async () => {
    const startMs = Date.parse('2026-03-01T12:00:00Z');
    let nowMs = startMs;
    const service = makeService({ nowMs: () => nowMs });
    const { key, id } = await makeKey(service, admin, { name: 'used', scopes: ['read'] });
    const lastUse = async () => (await readKeys(test1.db, 1)).find((view) => view.id === id)?.lastUsedAt;
    await findPrincipal({ ...nobody, apiKey: key }, service);
    await expect.poll(lastUse).toBe('2026-03-01T12:00:00.000Z');
    nowMs = startMs + 59_000;
    await findPrincipal({ ...nobody, apiKey: key }, service);
    nowMs = startMs + 61_000;
    await findPrincipal({ ...nobody, apiKey: key }, service);
    await expect.poll(lastUse).toBe('2026-03-01T12:01:01.000Z');
  });
});

test('making and revoking keys is in the audit, with who did it', async () => {
  const service = makeService();
  const { id } = await makeKey(service, admin, { name: 'noted', scopes: ['holds'] });
  await revokeKey(service, admin, id);
  const rows = await test1.db.run(
    `select actor, action, details from audit where details->>'id' = $1::text order by ts, action`,
    [id],
  );
  expect(rows).toEqual([
    { actor: 'admin key', action: 'key_made', details: { id, name: 'noted', scopes: ['holds'] } },
    { actor: 'admin key', action: 'key_revoked', details: { id } },
  ]);
});

describe('nobody', () => {
  test.each([
    ['sends nothing', nobody],
    ['sends an empty key', { ...nobody, authorization: 'Bearer ', apiKey: '' }],
    ['sends the scheme alone', { ...nobody, authorization: 'Bearer' }],
    ['sends a wrong key', { ...nobody, apiKey: `plim_${'x'.repeat(43)}` }],
    ['sends a key beyond all lengths', { ...nobody, apiKey: 'x'.repeat(100_000) }],
    ['sends a key of odd characters', { ...nobody, authorization: "Bearer ' or 1=1 --\u0000" }],
    ['sends another scheme', { ...nobody, authorization: `Basic ${adminKey}` }],
    ['sends half of the admin key', { ...nobody, apiKey: adminKey.slice(0, 16) }],
    ['has an unknown cookie', { ...nobody, cookie: `plimsoll_session=${'A'.repeat(43)}` }],
  ])('is who %s', async (_, credentials) => {
    expect(await findPrincipal(credentials, makeService())).toBeNull();
  });
});

test('the admin key of the environment needs no row and has every scope of the first project', async () => {
  const { db, state } = counting(test1.db);
  const service = openAuthService(db, { adminKey });
  const found = await findPrincipal({ ...nobody, authorization: `Bearer ${adminKey}` }, service);
  expect(found).toEqual({
    kind: 'key',
    projectId: 1,
    keyId: null,
    scopes: ['ingest', 'read', 'holds', 'admin'],
  });
  expect(state.statements).toBe(0);
});

test('a flood of wrong keys costs one statement for 256 of them, and right keys still get through', async () => {
  const { key } = await makeKey(makeService(), admin, { name: 'patient', scopes: ['read'] });
  const { db, state } = counting(test1.db);
  const service = openAuthService(db);
  const flood = Array.from({ length: 2_000 }, (_, index) =>
    findPrincipal({ ...nobody, apiKey: `plim_wrong_${index}` }, service),
  );
  const right = findPrincipal({ ...nobody, apiKey: key }, service);
  expect((await Promise.all(flood)).every((principal) => principal === null)).toBe(true);
  expect(await right).toMatchObject({ kind: 'key' });
  expect(state.statements).toBeLessThanOrEqual(1 + Math.ceil(2_000 / 256) + 1);
});

test('while the database is away, a known key works and an unknown one is a fault, not a refusal', async () => {
  const { key } = await makeKey(makeService(), admin, { name: 'known', scopes: ['read'] });
  const { db, state } = counting(test1.db);
  const service = openAuthService(db);
  await findPrincipal({ ...nobody, apiKey: key }, service);
  state.isCut = true;
  expect(await findPrincipal({ ...nobody, apiKey: key }, service)).not.toBeNull();
  await expect(findPrincipal({ ...nobody, apiKey: 'plim_never_seen' }, service)).rejects.toThrow('cut off');
});

describe('the key printed at start', () => {
  test('is there once however often it is registered, and may post and read', async () => {
    const local = `plim_${'L'.repeat(43)}`;
    await Promise.all([ensureLocalKey(test1.db, local), ensureLocalKey(test1.db, local)]);
    await ensureLocalKey(test1.db, local);
    const named = (await readKeys(test1.db, 1)).filter((view) => view.name.startsWith('Local key'));
    expect(named).toHaveLength(1);
    const found = await findPrincipal({ ...nobody, apiKey: local }, makeService());
    expect(found).toMatchObject({ projectId: 1, scopes: ['ingest', 'read'] });
  });

  test('stays revoked at the next start', async () => {
    const local = `plim_${'M'.repeat(43)}`;
    await ensureLocalKey(test1.db, local);
    const service = makeService();
    const found = await findPrincipal({ ...nobody, apiKey: local }, service);
    if (found?.kind !== 'key' || found.keyId === null) throw new Error('the local key is not known');
    await revokeKey(service, admin, found.keyId);
    await ensureLocalKey(test1.db, local);
    expect(await findPrincipal({ ...nobody, apiKey: local }, makeService())).toBeNull();
  });
});
