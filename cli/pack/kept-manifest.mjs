import path from 'node:path';

/** Where the project's package.json waits while `npm pack` runs. Should that be killed, copy it back. */
export function keptManifest(/** @type {string} */ root) {
  return path.join(root, 'dist/project-package.json');
}
