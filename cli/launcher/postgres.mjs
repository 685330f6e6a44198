import { setTimeout as sleep } from 'node:timers/promises';
import { boundLog } from './bound-log.mjs';
import { claimDataDir } from './claim-data-dir.mjs';
import { databaseName, ensureCluster } from './postgres-cluster.mjs';
import { prepareDataDir, preparePostgresPlace, socketPort } from './postgres-place.mjs';
import { postgresSettings } from './postgres-settings.mjs';
import { startPostmaster, stopPostmaster } from './postmaster.mjs';

/**
 * @typedef {object} RunningPostgres
 * @property {string} url stays the same over restarts, and over starts of the same data directory
 * @property {() => number} pid of the present postmaster
 * @property {boolean} isAdopted it was already running when asked for
 * @property {(listener: (how: string) => void) => void} onDeath called when it died; a restart follows
 * @property {(listener: () => void) => void} onRestart called when it takes queries again
 * @property {(options?: { fastMs?: number }) => Promise<void>} stop ends it; safe to call twice
 */

const restartDelaysMs = [0, 50, 100, 200, 400, 800, 1_600, 3_200, 5_000];

/**
 * Runs the embedded Postgres of a data directory: makes it where there is none, adopts it where a killed
 * launcher left it running, and starts it again whenever it dies. One living process per data directory.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {(line: string) => void} [options.log] told what happens, in plain lines
 * @param {Readonly<Record<string, string>>} [options.settings] over those of `postgresSettings`
 * @returns {Promise<RunningPostgres>}
 * @throws {import('./launch-error.mjs').LaunchError} when it cannot run here, with the reason
 */
export async function startPostgres({ dataDir, log = () => {}, settings = {} }) {
  const release = await claimDataDir(await prepareDataDir(dataDir));
  try {
    const place = await preparePostgresPlace(dataDir);
    if (await ensureCluster(place)) log(`made a database in ${place.clusterDir}`);
    const args = toArguments(place, settings);
    const first = await startPostmaster(place, args);
    return supervise({ place, args, first, release, log });
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * @param {object} parts
 * @param {import('./postgres-place.mjs').PostgresPlace} parts.place
 * @param {readonly string[]} parts.args
 * @param {import('./postmaster.mjs').Postmaster} parts.first
 * @param {() => void} parts.release
 * @param {(line: string) => void} parts.log
 * @returns {RunningPostgres}
 */
function supervise({ place, args, first, release, log }) {
  let current = first;
  const stopping = new AbortController();
  const stopBounding = boundLog(place.logPath);
  /** @type {((how: string) => void)[]} */
  const deathListeners = [];
  /** @type {(() => void)[]} */
  const restartListeners = [];

  async function keepAlive() {
    while (!stopping.signal.aborted) {
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      log(`Postgres died (${how}); starting it again`);
      for (const listener of deathListeners) listener(how);
      const next = await restart({ place, args, log, signal: stopping.signal });
      if (next === null) return;
      current = next;
      log('Postgres is back');
      for (const listener of restartListeners) listener();
    }
  }
  const kept = keepAlive();

  /** @type {Promise<void> | undefined} */
  let stopped;
  /** @param {number} fastMs */
  async function stop(fastMs) {
    stopping.abort();
    stopBounding();
    await stopPostmaster(current, { fastMs });
    // A restart may have been under way.
    await kept;
    await stopPostmaster(current, { fastMs });
    release();
  }
  return {
    url: toUrl(place),
    isAdopted: first.isAdopted,
    pid: () => current.pid,
    onDeath: (listener) => void deathListeners.push(listener),
    onRestart: (listener) => void restartListeners.push(listener),
    stop: ({ fastMs = 8_000 } = {}) => {
      stopped ??= stop(fastMs);
      return stopped;
    },
  };
}

/**
 * Tries until it runs or is told to stop: at first at once, later every five seconds (a full disk).
 * @param {object} parts
 * @param {import('./postgres-place.mjs').PostgresPlace} parts.place
 * @param {readonly string[]} parts.args
 * @param {(line: string) => void} parts.log
 * @param {AbortSignal} parts.signal
 */
async function restart({ place, args, log, signal }) {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    await sleep(restartDelaysMs[attempt] ?? restartDelaysMs.at(-1), undefined, { signal }).catch(() => {});
    if (signal.aborted) return null;
    try {
      return await startPostmaster(place, args);
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
    }
  }
  return null;
}

/**
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {Readonly<Record<string, string>>} settings
 */
function toArguments(place, settings) {
  const all = {
    ...postgresSettings,
    port: String(socketPort),
    unix_socket_directories: place.socketDir,
    ...settings,
  };
  return [
    '-D',
    place.clusterDir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** @param {import('./postgres-place.mjs').PostgresPlace} place */
function toUrl({ password, socketDir }) {
  const host = encodeURIComponent(socketDir);
  return `postgres://${databaseName}:${password}@localhost/${databaseName}?host=${host}&port=${socketPort}`;
}
