import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '../launcher/repository-root.mjs';

/** Another process may still load parts of an older bundle, but not after this. */
const keptMs = 7 * 86_400_000;

/**
 * A program of this project as plain JavaScript, built when one of its files has changed since the last time.
 * @param {string} entry from the top of the project
 * @param {string} root
 * @returns {Promise<string | null>} the address to import; null where it cannot be built or kept
 */
export async function openBundle(entry, root = repositoryRoot) {
  const name = basename(entry).replace(/\.\w+$/, '');
  const cacheFolder = join(root, 'node_modules/.cache/plimsoll');
  const stampPath = join(cacheFolder, `${name}.json`);
  const kept = findKept(stampPath, root);
  if (kept !== null) return addressOf(kept, name);
  try {
    const { buildBundle } = await import('./build-bundle.mjs');
    const folder = join(cacheFolder, `${name}-${randomUUID()}`);
    const startedMs = Date.now();
    const inputs = await buildBundle(entry, { root, folder });
    // A file that was changed meanwhile may have been read before: then the next start builds again.
    const isSure = inputs.every((path) => statSync(join(root, path)).mtimeMs < startedMs);
    const text = JSON.stringify({ folder, stamp: isSure ? stampOf(inputs, root) : null, inputs });
    // Renamed into place, so that no other start sees half of it.
    writeFileSync(`${folder}/stamp.json`, text);
    renameSync(`${folder}/stamp.json`, stampPath);
    removeOld({ cacheFolder, name, own: folder });
    return addressOf(folder, name);
  } catch {
    // No compiler for this machine, or a folder that is not ours to write: compiling while loading works there too.
    return null;
  }
}

/** @param {string} folder @param {string} name */
function addressOf(folder, name) {
  return pathToFileURL(join(folder, `${name}.mjs`)).href;
}

/** @param {string} stampPath @param {string} root */
function findKept(stampPath, root) {
  try {
    const { folder, stamp, inputs } = JSON.parse(readFileSync(stampPath, 'utf8'));
    return stamp === stampOf(inputs, root) && statSync(folder).isDirectory() ? folder : null;
  } catch {
    // Never built, or something of it is gone.
    return null;
  }
}

/**
 * Which state of its files a bundle was built from, by size and time of change, as `make` does it.
 * @param {readonly string[]} inputs
 * @param {string} root
 */
function stampOf(inputs, root) {
  const hash = createHash('sha256');
  for (const path of inputs) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {{ cacheFolder: string, name: string, own: string }} bundle */
function removeOld({ cacheFolder, name, own }) {
  for (const entry of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, entry);
    if (!entry.startsWith(`${name}-`) || folder === own) continue;
    if (Date.now() - statSync(folder).mtimeMs > keptMs) rmSync(folder, { recursive: true, force: true });
  }
}
