import { parseArgs } from 'node:util';
import { formatCount } from '#lib/format/format-count.ts';
import { loadDemo } from '#lib/server/demo/load-demo.ts';
import { removeDemo } from '#lib/server/demo/remove-demo.ts';
import { withDatabase } from './with-database.ts';

await withDatabase(async ({ db, url }) => {
  const { values } = parseArgs({ options: { remove: { type: 'boolean', default: false } } });
  if (values.remove) {
    const isGone = await removeDemo(db, { actor: 'npm run demo' });
    console.log(isGone ? 'The demo is removed. Your own data was not touched.' : 'There is no demo here.');
    return;
  }
  console.log('Making up a month of five agents and their budgets, in a project of its own ...');
  const startMs = performance.now();
  const events = await loadDemo(db, { nowMs: Date.now() });
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(`${formatCount(events)} events in ${seconds} s.`);
  console.log(
    url === null
      ? 'Start the app with `npm start` and choose the project Demo in the menu.'
      : `Open ${url} and choose the project Demo in the menu. (To sign in: npm run login)`,
  );
  console.log('To remove it: npm run demo -- --remove');
});
