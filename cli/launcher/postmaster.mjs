import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.mjs';
import { commandAs } from './postgres-account.mjs';
import { enteredPaths, postgresEnvironment } from './postgres-cluster.mjs';
import {
  clearStalePidFile,
  findPidFile,
  isPostgresOf,
  killOrphanBackends,
  readTail,
  wasStartedWith,
} from './postgres-pid-file.mjs';

/**
 * @typedef {object} Postmaster the first process of a running server
 * @property {number} pid
 * @property {boolean} isAdopted it was already running, left by a launcher that was killed
 * @property {Promise<string>} exited says how, once it is gone
 */

const pollMs = 15;
const adoptedPollMs = 200;
const adoptTimeoutMs = 10_000;

/**
 * Adopts the server that already runs on this cluster, or starts one and waits until it takes queries;
 * crash recovery may take minutes, and is waited for.
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {readonly string[]} args
 * @returns {Promise<Postmaster>}
 * @throws {LaunchError} with the server's own last lines
 */
export async function startPostmaster(place, args) {
  const adopted = await adoptPostmaster(place, args);
  if (adopted !== null) return adopted;
  killOrphanBackends(place.clusterDir);
  await clearStalePidFile(place);
  return spawnPostmaster(place, args);
}

/**
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {readonly string[]} args
 * @returns {Promise<Postmaster | null>}
 */
async function adoptPostmaster(place, args) {
  const { clusterDir } = place;
  const pid = (await findPidFile(clusterDir))?.pid;
  if (pid === undefined || !isPostgresOf(pid, clusterDir)) return null;
  const postmaster = { pid, isAdopted: true, exited: watchStranger(pid, clusterDir) };
  const isAlike = await wasStartedWith(clusterDir, args);
  const deadline = Date.now() + adoptTimeoutMs;
  while (isAlike && Date.now() < deadline && isPostgresOf(pid, clusterDir)) {
    if ((await findPidFile(clusterDir))?.isReady) return postmaster;
    await sleep(pollMs);
  }
  await stopPostmaster(postmaster, { fastMs: 10_000 });
  return null;
}

/** @param {number} pid @param {string} clusterDir */
async function watchStranger(pid, clusterDir) {
  while (isPostgresOf(pid, clusterDir)) await sleep(adoptedPollMs);
  return 'gone';
}

/**
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {readonly string[]} args
 * @returns {Promise<Postmaster>}
 */
async function spawnPostmaster(place, args) {
  const command = commandAs(
    { account: place.account, paths: enteredPaths(place) },
    place.binaries.postgres,
    args,
  );
  const logFile = openSync(place.logPath, 'a', 0o600);
  const logStart = fstatSync(logFile).size;
  // Its own session: Ctrl-C in the terminal must not reach it before the app has written what it holds.
  const child = spawn(command.file, command.args, {
    ...command.ids,
    cwd: '/',
    detached: true,
    env: postgresEnvironment(),
    stdio: ['ignore', logFile, logFile],
  });
  closeSync(logFile);
  let isGone = false;
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  }).then((how) => {
    isGone = true;
    return how;
  });
  while (!isGone) {
    const file = await findPidFile(place.clusterDir);
    if (file?.pid === child.pid && file?.isReady) return { pid: file?.pid ?? 0, isAdopted: false, exited };
    await Promise.race([sleep(pollMs), exited]);
  }
  const last = readTail(place.logPath, logStart);
  throw new LaunchError(`Postgres did not start (${await exited}):\n${last}`);
}

/**
 * Ends a server: first in order, then at once (the next start recovers), then by force.
 * @param {Postmaster} postmaster
 * @param {{ fastMs: number }} options how long the orderly way may take
 */
export async function stopPostmaster({ pid, exited }, { fastMs }) {
  /** @type {readonly (readonly [NodeJS.Signals, number])[]} */
  const ways = [
    ['SIGINT', fastMs],
    ['SIGQUIT', 1_000],
    ['SIGKILL', 1_000],
  ];
  // Its number may be another process's by now.
  if (await endsWithin(exited, 0)) return;
  for (const [signal, waitMs] of ways) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended this moment; `exited` says so.
    }
    if (await endsWithin(exited, waitMs)) return;
  }
  throw new LaunchError(`Postgres (process ${pid}) does not end.`);
}

/**
 * @param {Promise<unknown>} exited
 * @param {number} waitMs
 */
async function endsWithin(exited, waitMs) {
  const timer = new AbortController();
  const timeout = sleep(waitMs, false, { signal: timer.signal }).catch(() => false);
  const isGone = await Promise.race([exited.then(() => true), timeout]);
  timer.abort();
  return isGone;
}
