import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { appAddress } from './app-address.mjs';
import { startAppServer } from './app-server.mjs';
import { checkNode } from './check-node.mjs';
import { choosePort } from './choose-port.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { keepLocalKey } from './local-key.mjs';
import { startPostgres } from './postgres.mjs';
import { prepareDataDir } from './postgres-place.mjs';
import { createProgress } from './progress.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { writeRunFile } from './run-file.mjs';
import { formatWelcome } from './welcome.mjs';

const stopWithinMs = 9_500;
const serverStopMs = 8_300;
const postgresStopMsMin = 500;

/**
 * From a fresh clone to a running app, until asked to stop: then the server ends first, Postgres after it,
 * both within ten seconds.
 * @param {object} options
 * @param {boolean} options.isDev
 * @param {AbortSignal} options.signal asks to stop
 * @throws {import('./launch-error.mjs').LaunchError} when it cannot start, with the reason
 */
export async function launch({ isDev, signal }) {
  checkNode([20, 9]);
  const progress = createProgress();
  const host = process.env['HOST'] || '127.0.0.1';
  const port = await choosePort({ host, port: process.env['PORT'] });
  const dataDir = await prepareDataDir(
    resolve(repositoryRoot, process.env['PLIMSOLL_DATA_DIR'] || '.plimsoll'),
  );
  await ensureInstalled({ progress, signal });

  const database = startDatabase({ dataDir, progress });
  // Its failure is met below, where it is awaited; the build may still be running when it comes.
  database.catch(() => {});
  /** @type {(() => Promise<void> | void)[]} */
  const running = [];
  try {
    if (!isDev) await ensureBuilt({ progress, signal });
    const { url: databaseUrl } = await database;
    await serve({ isDev, signal, host, port, dataDir, databaseUrl, progress, running });
  } finally {
    const deadline = performance.now() + stopWithinMs;
    for (const stop of running.reverse()) await stop();
    const started = await database.catch(() => null);
    await started?.stop({ fastMs: Math.max(postgresStopMsMin, deadline - performance.now()) });
  }
}

/**
 * @param {{ dataDir: string, progress: import('./progress.mjs').Progress }} options
 * @returns {Promise<{ url: string, stop: (options?: { fastMs?: number }) => Promise<void> }>}
 */
function startDatabase({ dataDir, progress }) {
  const url = process.env['DATABASE_URL']?.trim() ?? '';
  if (url !== '') return Promise.resolve({ url, stop: async () => {} });
  return progress.run('starting Postgres', () => startPostgres({ dataDir, log: progress.line }));
}

/**
 * Runs the server until asked to stop.
 * @param {object} options
 * @param {boolean} options.isDev
 * @param {AbortSignal} options.signal
 * @param {string} options.host
 * @param {number} options.port
 * @param {string} options.dataDir
 * @param {string} options.databaseUrl
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {(() => Promise<void> | void)[]} options.running gets what must be undone
 */
async function serve({ isDev, signal, host, port, dataDir, databaseUrl, progress, running }) {
  const localKey = await keepLocalKey(dataDir);
  const loginToken = randomBytes(32).toString('base64url');
  const url = appAddress({ host, port });
  if (signal.aborted) return;
  const server = await progress.run('starting the server', () =>
    startAppServer({
      url,
      isDev,
      environment: {
        ...process.env,
        NODE_ENV: isDev ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        HOST: host,
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        PLIMSOLL_DATA_DIR: dataDir,
        PLIMSOLL_LOCAL_KEY: localKey,
        PLIMSOLL_LOGIN_TOKEN: loginToken,
      },
      // A used link must not come back with a server that was started again.
      onceOnly: ['PLIMSOLL_LOGIN_TOKEN'],
      signal,
      log: progress.line,
    }),
  );
  running.push(() => server.stop({ withinMs: serverStopMs }));
  if (signal.aborted) return;
  running.push(await writeRunFile(dataDir, { pid: process.pid, url, databaseUrl }));
  const signInUrl = process.env['PLIMSOLL_PUBLIC_URL']?.trim().replace(/\/+$/, '') || url;
  process.stdout.write(`\n${formatWelcome({ url, signInUrl, loginToken, localKey, now: new Date() })}`);
  if (!signal.aborted) await once(signal, 'abort');
  progress.line('\nstopping ...');
}
