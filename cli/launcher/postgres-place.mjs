import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LaunchError } from './launch-error.mjs';
import { choosePostgresAccount } from './postgres-account.mjs';
import { findPostgresBinaries } from './postgres-binaries.mjs';
import { keepSecret } from './private-file.mjs';

/**
 * @typedef {object} PostgresPlace where one embedded Postgres lives and who runs it
 * @property {string} dataDir
 * @property {string} home folder of the clusters, owned by the account
 * @property {string} clusterDir named by major version, because the files of one cannot be read by another
 * @property {string} socketDir
 * @property {string} logPath
 * @property {string} password
 * @property {import('./postgres-account.mjs').Account | null} account
 * @property {import('./postgres-binaries.mjs').PostgresBinaries} binaries
 */

/** The number in the socket's file name; nothing listens on a network port. */
export const socketPort = 5432;

// sockaddr_un holds 108 bytes on Linux and 104 on macOS, with the closing zero.
const socketPathBytesMax = 103;

/**
 * Makes the folders and the password of an embedded Postgres, or finds them.
 * @param {string} dataDir
 * @returns {Promise<PostgresPlace>}
 */
export async function preparePostgresPlace(dataDir) {
  const binaries = await findPostgresBinaries();
  const absolute = await prepareDataDir(dataDir);
  const home = join(absolute, 'postgres');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const clusterDir = join(home, binaries.major);
  await refuseOtherMajor(home, binaries.major);
  const account = choosePostgresAccount({ clusterDir });
  if (account !== null) await chown(home, account.uid, account.gid);
  const passwordPath = join(absolute, 'postgres-password');
  if (existsSync(clusterDir) && !existsSync(passwordPath)) {
    throw new LaunchError(`${passwordPath} is missing, and the database in ${clusterDir} was made with it.`);
  }
  const password = await keepSecret(passwordPath, {
    pattern: /^[A-Za-z0-9_-]{43}$/,
    make: () => randomBytes(32).toString('base64url'),
  });
  const socketDir = await prepareSocketDir(home, account);
  const logPath = join(absolute, 'postgres.log');
  return { dataDir: absolute, home, clusterDir, socketDir, logPath, password, account, binaries };
}

/**
 * Makes the data directory, closed to others. As root it may be entered (not listed), because the account
 * that runs Postgres must pass through it.
 * @param {string} dataDir
 * @returns {Promise<string>} its absolute path without symbolic links
 */
export async function prepareDataDir(dataDir) {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  return realpath(resolve(dataDir));
}

/**
 * @param {string} home
 * @param {string} major
 */
async function refuseOtherMajor(home, major) {
  const other = (await readdir(home)).find((name) => /^\d+$/.test(name) && name !== major);
  if (other === undefined || existsSync(join(home, major))) return;
  throw new LaunchError(
    `${home} holds data of PostgreSQL ${other}, and this version of Plimsoll brings ${major}. Export with the version that wrote it and import here.`,
  );
}

/**
 * @param {string} home
 * @param {import('./postgres-account.mjs').Account | null} account
 */
async function prepareSocketDir(home, account) {
  const near = join(home, 'socket');
  const isShort = Buffer.byteLength(join(near, `.s.PGSQL.${socketPort}`)) <= socketPathBytesMax;
  const key = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = isShort ? near : join(await realpath(tmpdir()), `plimsoll-${key}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stat = await lstat(folder);
  const owners = [process.getuid?.(), account?.uid];
  // In a shared temporary folder somebody else may have made the directory first, to catch our password.
  if (!stat.isDirectory() || !owners.includes(stat.uid)) {
    throw new LaunchError(`${folder} is not ours. Remove it, or set PLIMSOLL_DATA_DIR to a shorter path.`);
  }
  await chmod(folder, 0o700);
  if (account !== null) await chown(folder, account.uid, account.gid);
  return folder;
}
