import { replacePassword } from '#lib/server/auth/replace-password.ts';
import { checkPassword } from '#lib/settings/check-password.ts';
import { askSecret } from './ask-secret.ts';
import { withRunningApp } from './with-running-app.ts';

await withRunningApp(async (db) => {
  const password = await askSecret('New password (at least 10 characters): ');
  const repeated = process.stdin.isTTY ? await askSecret('Again: ') : password;
  const problem = checkPassword({ password, repeated });
  if (problem !== null) throw new Error(problem);
  await replacePassword(db, password);
  console.log('The password is set. Everybody is signed out.');
});
