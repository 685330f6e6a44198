import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { LaunchError } from './launch-error.mjs';

/** @typedef {{ name: string, uid: number, gid: number }} Account */

/**
 * Who runs Postgres: null for the caller's own account. Postgres refuses to run as root, so root lends it
 * the account that owns the cluster, else `postgres`, else `nobody`; none is ever made.
 * @param {{ clusterDir: string }} place
 * @returns {Account | null}
 */
export function choosePostgresAccount({ clusterDir }) {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (process.getuid?.() === 0) {
    if (owner !== undefined && owner.uid !== 0) return { name: 'its owner', uid: owner.uid, gid: owner.gid };
    return findAccount('postgres') ?? findAccount('nobody') ?? refuse('neither postgres nor nobody exists');
  }
  if (owner !== undefined && owner.uid !== process.getuid?.()) {
    throw new LaunchError(
      `${clusterDir} belongs to another user. Start as that user, or set PLIMSOLL_DATA_DIR to another folder.`,
    );
  }
  try {
    userInfo();
  } catch {
    refuse('the current user id has no entry in the list of users, which PostgreSQL needs');
  }
  return null;
}

/**
 * The command that runs a program under an account.
 * @param {{ account: Account | null, paths: readonly string[] }} as the paths the program must enter
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {{ file: string, args: string[], ids: { uid?: number, gid?: number } }}
 */
export function commandAs({ account, paths }, program, args) {
  if (account === null) return { file: program, args: [...args], ids: {} };
  const closed = paths.find((path) => !canEnter(path, account));
  if (closed === undefined) {
    return { file: program, args: [...args], ids: { uid: account.uid, gid: account.gid } };
  }
  // A clone in root's own 0700 home: keep the one capability that passes closed folders, drop all others.
  // Without no_setuid_fixup the kernel clears it for access(), which initdb calls.
  if (spawnSync('setpriv', ['--version']).status !== 0) {
    refuse(`user ${account.name} cannot enter ${closed} (and setpriv of util-linux is not there to help)`);
  }
  const only = '-all,+dac_override';
  const flags = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  flags.push('--securebits=+no_setuid_fixup', `--inh-caps=${only}`);
  flags.push(`--ambient-caps=${only}`, `--bounding-set=${only}`);
  return { file: 'setpriv', args: [...flags, '--', program, ...args], ids: {} };
}

/**
 * @param {string} why
 * @returns {never}
 */
function refuse(why) {
  throw new LaunchError(
    `The embedded Postgres cannot run here: ${why}. Start as an ordinary user, or set DATABASE_URL.`,
  );
}

/**
 * @param {string} name
 * @returns {Account | null}
 */
function findAccount(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}

/**
 * @param {string} path
 * @param {Account} account
 */
function canEnter(path, account) {
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder);
    const shift = stat.uid === account.uid ? 6 : stat.gid === account.gid ? 3 : 0;
    if (((stat.mode >> shift) & 1) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}
