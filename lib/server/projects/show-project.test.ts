import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertDemoProject } from '#db/queries/insert-demo-project.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { type AuthService, openAuthService } from '../auth/auth-service.ts';
import { changePassword } from '../auth/change-password.ts';
import { ensureProject } from '../auth/ensure-project.ts';
import { findPrincipal } from '../auth/find-principal.ts';
import { logIn } from '../auth/log-in.ts';
import { logOut } from '../auth/log-out.ts';
import { makeKey } from '../auth/make-key.ts';
import type { Principal } from '../auth/principal.ts';
import { removeDemo } from '../demo/remove-demo.ts';
import { readSettings } from '../settings/read-settings.ts';
import { readProjects } from './read-projects.ts';
import { showProject } from './show-project.ts';

const adminKey = 'an-admin-key-of-the-environment';
const demoId = 4_711;
let base: TestDatabase;
let service: AuthService;

beforeAll(async () => {
  base = await createTestDatabase();
  await ensureProject(base.db);
  service = openAuthService(base.db, { adminKey });
});
afterAll(() => base.close());

async function signIn(): Promise<() => Promise<Principal>> {
  await insertDemoProject(base.db, { id: demoId, slug: 'demo', name: 'Demo' });
  const token = await logIn(service, { credential: { token: adminKey }, client: 'a' });
  return async () => {
    const cookie = `plimsoll_session=${token}`;
    const principal = await findPrincipal({ authorization: null, apiKey: null, cookie }, service);
    if (principal === null) throw new Error('nobody is signed in');
    return principal;
  };
}

test('a browser looks at another project until it turns back; other browsers are not touched', async () => {
  const [who, other] = [await signIn(), await signIn()];
  await showProject(base.db, await who(), 'demo');
  expect(await who()).toMatchObject({ projectId: demoId, homeProjectId: 1 });
  expect((await readProjects(base.db, await who())).map(({ slug, isShown }) => [slug, isShown])).toEqual([
    ['default', false],
    ['demo', true],
  ]);
  expect(await other()).toMatchObject({ projectId: 1 });
  await showProject(base.db, await who(), 'default');
  expect(await who()).toMatchObject({ projectId: 1 });
});

test('a browser that looks at a project that is removed looks at its own again', async () => {
  const who = await signIn();
  await showProject(base.db, await who(), 'demo');
  await removeDemo(base.db, { actor: 'test' });
  expect(await who()).toMatchObject({ projectId: 1 });
  await expect(showProject(base.db, await who(), 'demo')).rejects.toMatchObject({ code: 'not_found' });
});

test('a key made there opens that project only, and sees no other', async () => {
  const who = await signIn();
  await showProject(base.db, await who(), 'demo');
  const { key } = await makeKey(service, await who(), { name: 'there', scopes: ['read'] });
  const principal = await findPrincipal({ authorization: null, apiKey: key, cookie: null }, service);
  expect(principal).toMatchObject({ kind: 'key', projectId: demoId });
  if (principal === null) throw new Error('the key opens nothing');
  expect((await readProjects(base.db, principal)).map(({ slug }) => slug)).toEqual(['demo']);
  await expect(showProject(base.db, principal, 'default')).rejects.toMatchObject({ code: 'forbidden' });
});

test('the password stays that of the installation, and signing out works there too', async () => {
  const who = await signIn();
  await showProject(base.db, await who(), 'demo');
  const password = 'ten or more characters';
  await changePassword(service, await who(), { password, currentPassword: null, client: 'a' });
  expect(await readSettings(base.db, demoId)).toMatchObject({ passwordSet: true });
  await logIn(service, { credential: { password }, client: 'b' });
  await logOut(service, await who());
  await expect(who()).rejects.toThrow('nobody is signed in');
});
