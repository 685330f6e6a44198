import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './launch-error.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { waitUntilReady } from './wait-until-ready.mjs';

// A runaway request must hit a wall in Node's heap, not push Postgres out of the machine's memory.
const heapMegabytesMax = 384;
const restartDelaysMs = [0, 200, 1_000, 5_000];
const steadyAfterMs = 60_000;

/**
 * @typedef {object} AppServer
 * @property {(options: { withinMs: number }) => Promise<void>} stop asks it to end, and makes it after that time
 */

/**
 * Starts the server process and waits until it is ready. When it dies later, it is started again.
 * @param {object} options
 * @param {string} options.url where it will answer
 * @param {boolean} options.isDev
 * @param {NodeJS.ProcessEnv} options.environment
 * @param {readonly string[]} options.onceOnly variables that only the first process gets
 * @param {AbortSignal} options.signal gives up waiting
 * @param {(line: string) => void} options.log
 * @returns {Promise<AppServer>}
 * @throws {LaunchError} when it ends before it was ready; it has said why on its own
 */
export async function startAppServer({ url, isDev, environment, onceOnly, signal, log }) {
  let child = spawnServer({ isDev, environment });
  let isStopping = false;
  const stop = async (/** @type {{ withinMs: number }} */ { withinMs }) => {
    isStopping = true;
    const isGone = child.exited.then(() => true);
    child.end('SIGTERM');
    if (!(await Promise.race([isGone, sleep(withinMs, false, { ref: false })]))) child.end('SIGKILL');
    await isGone;
  };
  const early = child.exited.then((how) => ({ how }));
  const giveUp = new AbortController();
  const waiting = AbortSignal.any([signal, giveUp.signal]);
  const aborted = once(waiting, 'abort').then(() => null);
  // Until it listens itself, another program that took the port meanwhile might be the one that answers.
  const ready = child.listening.then(() => waitUntilReady(url, { signal: waiting })).then(() => null);
  const first = signal.aborted ? null : await Promise.race([early, ready, aborted]);
  giveUp.abort();
  if (first !== null && !signal.aborted) throw new LaunchError(`The server ended (${first.how}).`);
  void keepAlive();
  return { stop };

  async function keepAlive() {
    const later = { ...environment };
    for (const name of onceOnly) delete later[name];
    for (let deaths = 0; ; deaths += 1) {
      const bornAt = performance.now();
      const how = await child.exited;
      if (isStopping || signal.aborted) return;
      if (performance.now() - bornAt > steadyAfterMs) deaths = 0;
      log(`The server died (${how}); starting it again`);
      await sleep(restartDelaysMs[deaths] ?? restartDelaysMs.at(-1), undefined, { signal }).catch(() => {});
      if (isStopping || signal.aborted) return;
      child = spawnServer({ isDev, environment: later });
    }
  }
}

/** @param {{ isDev: boolean, environment: NodeJS.ProcessEnv }} options */
function spawnServer({ isDev, environment }) {
  const heap = isDev ? [] : [`--max-old-space-size=${heapMegabytesMax}`];
  const program = join(repositoryRoot, 'cli', 'serve.mjs');
  const child = spawn(process.execPath, [...heap, program, ...(isDev ? ['--dev'] : [])], {
    cwd: repositoryRoot,
    env: environment,
    // The channel tells it when we are gone, however we went.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {Promise<string>} */
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, killed) => resolve(killed ?? `exit ${code}`));
  });
  /** @type {Promise<void>} */
  const listening = new Promise((resolve) => {
    child.once('message', () => resolve());
  });
  return { exited, listening, end: (/** @type {NodeJS.Signals} */ how) => void child.kill(how) };
}
