import { loginLinkMinutes } from '#lib/server/auth/ensure-login-link.ts';
import { makeLoginLink } from '#lib/server/auth/make-login-link.ts';
import { withRunningApp } from './with-running-app.ts';

await withRunningApp(async (db, { url }) => {
  const token = await makeLoginLink(db, Date.now());
  console.log(`${new URL('/login', url).href}#token=${token}`);
  console.log(`Works once, within ${loginLinkMinutes} minutes.`);
});
