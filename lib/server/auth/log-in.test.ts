import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { assertSafeBinding } from './assert-safe-binding.ts';
import { openAuthService } from './auth-service.ts';
import { changePassword } from './change-password.ts';
import { ensureLoginLink } from './ensure-login-link.ts';
import { ensurePassword } from './ensure-password.ts';
import { ensureProject } from './ensure-project.ts';
import { findPrincipal } from './find-principal.ts';
import { makeToken } from './hash-token.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import type { Principal } from './principal.ts';

const password = 'ten or more characters';
const adminKey = 'an-admin-key-of-the-environment';
const startMs = Date.parse('2026-03-01T12:00:00Z');
const hourMs = 3_600_000;

let base: TestDatabase;
let nowMs = startMs;

beforeAll(async () => {
  base = await createTestDatabase();
  await ensureProject(base.db);
});
afterAll(() => base.close());
beforeEach(async () => {
  nowMs = startMs;
  await base.db.run('truncate settings, login_links, login_sessions, audit');
});

/** A fresh one for each test: its limit on tries starts anew. */
const makeService = () => openAuthService(base.db, { adminKey, nowMs: () => nowMs });
const whoHas = (token: string, service = makeService()) =>
  findPrincipal({ authorization: null, apiKey: null, cookie: `plimsoll_session=${token}` }, service);
const withPassword = { credential: { password }, client: 'a' };

async function get(token: string): Promise<Principal> {
  const principal = await whoHas(token);
  if (principal === null) throw new Error('nobody is signed in');
  return principal;
}

async function actions(): Promise<readonly unknown[]> {
  const rows = await base.db.run('select action, details from audit order by ts, id');
  return rows.map((row) => `${String(row['action'])} ${JSON.stringify(row['details'])}`);
}

describe('a login link', () => {
  test('signs one browser in, which then may do everything', async () => {
    const link = makeToken();
    await ensureLoginLink(base.db, nowMs, link);
    const token = await logIn(makeService(), { credential: { token: link }, client: 'a' });
    expect(await whoHas(token)).toMatchObject({
      kind: 'browser',
      projectId: 1,
      scopes: expect.arrayContaining(['admin']),
    });
    await expect(logIn(makeService(), { credential: { token: link }, client: 'a' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('used 64 times at once makes exactly one session', async () => {
    const link = makeToken();
    await ensureLoginLink(base.db, nowMs, link);
    // A service for each, so that no limit on tries stands before the database.
    const tries = Array.from({ length: 64 }, () =>
      logIn(makeService(), { credential: { token: link }, client: 'a' }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await base.db.run('select count(*)::int as n from login_sessions')).toEqual([{ n: 1 }]);
  });

  test('works for 30 minutes and not a moment longer, and is not renewed by a restart', async () => {
    const [early, late] = [makeToken(), makeToken()];
    await ensureLoginLink(base.db, startMs, early);
    await ensureLoginLink(base.db, startMs, late);
    nowMs = startMs + hourMs / 2 - 1;
    await logIn(makeService(), { credential: { token: early }, client: 'a' });
    nowMs = startMs + hourMs / 2;
    await ensureLoginLink(base.db, nowMs, late);
    await ensureLoginLink(base.db, nowMs, early);
    for (const token of [late, early]) {
      await expect(logIn(makeService(), { credential: { token }, client: 'a' })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    }
  });
});

test('the admin key signs in as often as it likes', async () => {
  const service = makeService();
  const credential = { token: adminKey };
  const first = await logIn(service, { credential, client: 'a' });
  const second = await logIn(service, { credential, client: 'a' });
  expect(first).not.toBe(second);
  expect(await whoHas(first)).not.toBeNull();
});

describe('the password', () => {
  test('signs in; a wrong one and none do not', async () => {
    await expect(logIn(makeService(), withPassword)).rejects.toMatchObject({ code: 'unauthenticated' });
    await ensurePassword(base.db, password);
    expect(await whoHas(await logIn(makeService(), withPassword))).not.toBeNull();
    const wrong = { credential: { password: `${password}!` }, client: 'a' };
    await expect(logIn(makeService(), wrong)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('can be tried wrongly ten times a minute from one address, at once or in turn', async () => {
    const service = makeService();
    const tries = Array.from({ length: 20 }, () =>
      logIn(service, { credential: { token: 'wrong' }, client: 'a' }),
    );
    const codes = (await Promise.allSettled(tries)).map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason.code) : 'in',
    );
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(10);
    expect(await actions()).toEqual(Array(10).fill('login_failed {"method":"link"}'));
  });

  test('changed by its owner, signs all other browsers out', async () => {
    await ensurePassword(base.db, password);
    const service = makeService();
    const [mine, theirs] = [await logIn(service, withPassword), await logIn(service, withPassword)];
    const by = await get(mine);
    const change = { password: 'another long password', client: 'a' };
    await expect(changePassword(service, by, { ...change, currentPassword: null })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(changePassword(service, by, { ...change, currentPassword: 'no' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await whoHas(theirs)).not.toBeNull();
    await changePassword(service, by, { ...change, currentPassword: password });
    expect(await whoHas(mine)).not.toBeNull();
    expect(await whoHas(theirs)).toBeNull();
    await expect(logIn(service, withPassword)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('changed by two at once, is what exactly one of them said', async () => {
    await ensurePassword(base.db, password);
    const service = makeService();
    const by = await get(await logIn(service, withPassword));
    const outcomes = await Promise.allSettled(
      ['first new password', 'second new password'].map((next) =>
        changePassword(service, by, { password: next, currentPassword: password, client: 'a' }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('of the environment is set once, also by replicas that start together', async () => {
    await Promise.all([ensurePassword(base.db, password), ensurePassword(base.db, password)]);
    const token = await logIn(makeService(), withPassword);
    await ensurePassword(base.db, password);
    expect(await whoHas(token)).not.toBeNull();
    await ensurePassword(base.db, 'a new one from the environment');
    expect(await whoHas(token)).toBeNull();
  });

  test('is needed before other machines may reach the server', async () => {
    await expect(assertSafeBinding(base.db, { HOST: '127.0.0.1' })).resolves.toBeUndefined();
    const refused = assertSafeBinding(base.db, { HOST: '0.0.0.0' });
    await expect(refused).rejects.toThrow(/npm run password/);
    await expect(assertSafeBinding(base.db, { HOST: '0.0.0.0' })).rejects.toThrow(/PLIMSOLL_PASSWORD/);
    await ensurePassword(base.db, password);
    await expect(assertSafeBinding(base.db, { HOST: '0.0.0.0' })).resolves.toBeUndefined();
    const weak = { HOST: '0.0.0.0', PLIMSOLL_ADMIN_KEY: 'fifteen-letters' };
    await expect(assertSafeBinding(base.db, weak)).rejects.toThrow(/PLIMSOLL_ADMIN_KEY/);
    await expect(assertSafeBinding(base.db, { ...weak, HOST: '127.0.0.1' })).resolves.toBeUndefined();
  });
});

describe('a signed-in browser', () => {
  test('is signed out after 12 idle hours, and after 30 days in any case', async () => {
    const token = await logIn(makeService(), { credential: { token: adminKey }, client: 'a' });
    const seenSoon = { interval: 5, timeout: 10_000 };
    const lastSeenMs = async () => {
      const rows = await base.db.run(
        'select extract(epoch from last_seen_at)::float8 * 1000 as ms from login_sessions',
      );
      return rows[0]?.['ms'];
    };
    for (let hours = 11; hours < 30 * 24; hours += 11) {
      nowMs = startMs + hours * hourMs;
      expect(await whoHas(token)).not.toBeNull();
      await expect.poll(lastSeenMs, seenSoon).toBe(nowMs);
    }
    nowMs = startMs + 30 * 24 * hourMs;
    expect(await whoHas(token)).toBeNull();

    nowMs = startMs;
    await base.db.run('delete from login_sessions where project_id = 1');
    const idle = await logIn(makeService(), { credential: { token: adminKey }, client: 'a' });
    nowMs = startMs + 12 * hourMs - 1;
    expect(await whoHas(idle)).not.toBeNull();
    // It is written beside the answer: a late one would overwrite ours.
    await expect.poll(lastSeenMs, seenSoon).toBe(nowMs);
    await base.db.run('update login_sessions set last_seen_at = $1::text::timestamptz', [
      new Date(startMs).toISOString(),
    ]);
    nowMs = startMs + 12 * hourMs;
    expect(await whoHas(idle)).toBeNull();
  });

  test('who signs out is out at once, also where the cookie was copied to', async () => {
    const service = makeService();
    const token = await logIn(service, { credential: { token: adminKey }, client: 'a' });
    await logOut(service, await get(token));
    expect(await whoHas(token, service)).toBeNull();
    expect(await whoHas(token)).toBeNull();
    expect(await actions()).toEqual(['login {"method":"admin_key"}', 'logout {}']);
  });
});
