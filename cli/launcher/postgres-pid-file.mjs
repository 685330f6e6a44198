import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findText } from './private-file.mjs';

/** Larger than any process number, so the kernel answers that there is none. */
const nobody = 2_147_483_646;

/**
 * @param {string} clusterDir
 * @returns {Promise<{ pid: number, isReady: boolean } | null>} what postmaster.pid says, true or not
 */
export async function findPidFile(clusterDir) {
  const lines = ((await findText(join(clusterDir, 'postmaster.pid'))) ?? '').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Whether a process is a living Postgres of this cluster: a number alone proves nothing, it may have been
 * given to another process since.
 * @param {number} pid
 * @param {string} clusterDir
 */
export function isPostgresOf(pid, clusterDir) {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return /postgres/.test(stdout ?? '') && (stdout ?? '').includes(clusterDir);
  }
  try {
    // Postgres works inside its data directory. A process that ended but was not collected has neither link.
    const program = basename(readlinkSync(`/proc/${pid}/exe`));
    return program.startsWith('postgres') && readlinkSync(`/proc/${pid}/cwd`) === clusterDir;
  } catch {
    return false;
  }
}

/**
 * Clears what a killed postmaster left: its pid file must not name a living stranger, for then Postgres
 * refuses to start. The file itself stays, as Postgres checks the shared memory named in it before it
 * starts beside a child that is still alive.
 * @param {import('./postgres-place.mjs').PostgresPlace} place
 */
export async function clearStalePidFile(place) {
  const path = join(place.clusterDir, 'postmaster.pid');
  const text = await findText(path);
  if (text !== null) {
    const lines = text.split('\n');
    // An empty file (power loss) has nothing to check and stops Postgres for good.
    if (lines.length < 2) await rm(path, { force: true });
    else await writeFile(path, [String(nobody), ...lines.slice(1)].join('\n'), { flag: 'r+' });
  }
  await rm(join(place.socketDir, '.s.PGSQL.5432.lock'), { force: true });
}

/**
 * Ends the children of a dead postmaster, which would keep the next one out until they notice by themselves
 * (about a second, or as long as a busy query runs).
 * @param {string} clusterDir
 */
export function killOrphanBackends(clusterDir) {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || !isPostgresOf(pid, clusterDir)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself in the meantime.
    }
  }
}

/**
 * Whether the running server was started with these arguments, and not by an older version.
 * @param {string} clusterDir
 * @param {readonly string[]} args
 */
export async function wasStartedWith(clusterDir, args) {
  const options = await readFile(join(clusterDir, 'postmaster.opts'), 'utf8').catch(() => '');
  return options.trimEnd().endsWith(args.map((arg) => `"${arg}"`).join(' '));
}

/** @param {string} path @param {number} from where to start, in bytes */
export function readTail(path, from) {
  return readFileSync(path).subarray(from).toString('utf8').slice(-4_000).trim();
}
