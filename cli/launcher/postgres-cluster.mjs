import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { commandAs } from './postgres-account.mjs';

const stepTimeoutMs = 120_000;

/** Role and database of the app; the role owns the whole embedded server. */
export const databaseName = 'plimsoll';

/**
 * Makes the cluster and its database where there is none. It is made beside and renamed, so that a start
 * that is killed here leaves nothing that looks complete.
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @returns {Promise<boolean>} whether it was made now
 */
export async function ensureCluster(place) {
  if (existsSync(place.clusterDir)) return false;
  const draft = `${place.clusterDir}.new`;
  await rm(draft, { recursive: true, force: true });
  await initialise(place, draft);
  await runOnce(place, place.binaries.postgres, ['--single', '-D', draft, 'template1'], {
    input: `CREATE DATABASE ${databaseName}\n`,
  });
  await rename(draft, place.clusterDir);
  const home = await open(place.home, 'r');
  await home.sync().finally(() => home.close());
  return true;
}

/**
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {string} draft
 */
async function initialise(place, draft) {
  // initdb takes the password from a file only, and must be able to read it under its own account.
  const passwordPath = join(place.home, 'initial-password');
  await rm(passwordPath, { force: true });
  await writeFile(passwordPath, place.password, { mode: 0o600 });
  if (place.account !== null) await chown(passwordPath, place.account.uid, place.account.gid);
  const args = ['-D', draft, `--username=${databaseName}`, `--pwfile=${passwordPath}`];
  args.push('--auth=scram-sha-256', '--encoding=UTF8');
  // The builtin provider sorts alike on every machine and survives upgrades of its C library.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  try {
    await runOnce(place, place.binaries.initdb, args, { input: '' });
  } finally {
    await rm(passwordPath, { force: true });
  }
}

/**
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ input: string }} options
 * @returns {Promise<void>}
 */
function runOnce(place, program, args, { input }) {
  const command = commandAs({ account: place.account, paths: enteredPaths(place) }, program, args);
  const child = spawn(command.file, command.args, {
    ...command.ids,
    cwd: '/',
    env: postgresEnvironment(),
    stdio: 'pipe',
    timeout: stepTimeoutMs,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-8_000);
    });
  }
  // It may exit before it has read everything; its exit code tells what matters.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      // The single-user backend reports a failed statement and still exits with 0.
      if (code === 0 && !/^.*(ERROR|FATAL|PANIC):/m.test(output)) resolve();
      else reject(new LaunchError(`Making the database failed (exit ${code}):\n${output.trim()}`));
    });
  });
}

/**
 * The folders that the account of Postgres must be able to enter.
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 */
export function enteredPaths(place) {
  return [place.home, place.binaries.postgres, join(place.binaries.native, 'lib'), place.socketDir];
}

/** Nothing of the caller's environment: PGDATA, PGPORT and the locale would change what runs. */
export function postgresEnvironment() {
  const { PATH = '/usr/bin:/bin', NODE_ENV } = process.env;
  return { PATH, NODE_ENV, LC_ALL: 'C' };
}
