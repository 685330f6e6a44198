import { rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.mjs';
import { LaunchError } from './launch-error.mjs';
import { findText } from './private-file.mjs';
import { processIdentity } from './process-identity.mjs';

const attemptsMax = 5;

/**
 * Makes this process the only one that runs the embedded Postgres of a data directory. A claim of a process
 * that is gone, or whose number now belongs to another, counts for nothing.
 * @param {string} dataDir
 * @returns {Promise<() => void>} gives the claim back
 * @throws {LaunchError} when a living process holds it
 */
export async function claimDataDir(dataDir) {
  const path = join(dataDir, 'postgres-owner.json');
  const claim = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    try {
      await writeFile(path, claim, { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      const holder = livingHolder((await findText(path)) ?? '');
      if (holder !== null) {
        throw new LaunchError(
          `The data in ${dataDir} is in use by process ${holder}. Stop that first, or set PLIMSOLL_DATA_DIR to another folder.`,
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new LaunchError(`Could not claim ${dataDir}: another process keeps taking it.`);
}

/** @param {string} text */
function livingHolder(text) {
  try {
    const { pid, identity } = JSON.parse(text);
    return typeof identity === 'string' && processIdentity(pid) === identity ? Number(pid) : null;
  } catch {
    // Cut short by a crash while it was written: nobody holds it.
    return null;
  }
}
