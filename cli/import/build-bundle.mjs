import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** How it is built, and what stands for all packages: any change of one changes it. */
const further = ['cli/import/build-bundle.mjs', 'node_modules/.package-lock.json'];

/**
 * Compiles a program with all that it imports; what it imports later stays apart, so that it is not loaded before.
 * @param {string} entry from the top of the project
 * @param {{ root: string, folder: string }} places the project's top, and where `<name of the entry>.mjs` goes
 * @returns {Promise<readonly string[]>} the files that it was built from
 */
export async function buildBundle(entry, { root, folder }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.9',
    conditions: ['react-server'],
    // Finds its own WebAssembly beside itself.
    external: ['node-sqlite3-wasm'],
    // Packages in the older module format ask for Node's own modules by this name.
    banner: {
      js: "import{createRequire as ownRequire}from'node:module';const require=ownRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'silent',
  });
  const own = Object.keys(metafile.inputs).filter((path) => !path.startsWith('node_modules/'));
  return [...own.sort(), ...further.filter((path) => existsSync(join(root, path)))];
}
