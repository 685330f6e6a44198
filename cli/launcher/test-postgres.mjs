import { join } from 'node:path';
import { startPostgres } from './postgres.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

// What is lost with the machine is made anew in a second; syncing it would only slow the tests.
const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_connections: '200' };

/**
 * Runs a Postgres for the database tests, never the user's, and names it in PLIMSOLL_TEST_DATABASE_URL. A
 * server that is named there already is used as it is.
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function setup() {
  if (process.env['PLIMSOLL_TEST_DATABASE_URL']) return async () => {};
  const folder = await makeTemporaryFolder();
  const postgres = await startPostgres({ dataDir: join(folder.path, 'data'), settings });
  process.env['PLIMSOLL_TEST_DATABASE_URL'] = postgres.url;
  // It has a session of its own, so an interrupted run would leave it behind.
  const endNow = () => endAtOnce(postgres.pid());
  process.once('exit', endNow);
  return async () => {
    delete process.env['PLIMSOLL_TEST_DATABASE_URL'];
    await postgres.stop({ fastMs: 1_000 });
    process.removeListener('exit', endNow);
    await folder.remove();
  };
}

/** @param {number} pid */
function endAtOnce(pid) {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It ended by itself.
  }
}
