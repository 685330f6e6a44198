import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A digest of files and folders (read whole, in a fixed order) and of further facts.
 * @param {object} of
 * @param {string} of.root
 * @param {readonly string[]} of.paths relative to root; missing ones count as missing
 * @param {unknown} of.facts
 * @param {(path: string) => boolean} [of.skip]
 */
export function digest({ root, paths, facts, skip = () => false }) {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const path of [...paths].sort()) add(path);
  return hash.digest('hex');

  /** @param {string} path */
  function add(path) {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) add(`${path}/${name}`);
    } else if (stat?.isFile() && !skip(path)) {
      hash.update(`\0${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
    }
  }
}
