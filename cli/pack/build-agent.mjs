import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Compiles lib/agent to JavaScript and types under dist/agent. Throws what the compiler says. */
export function buildAgent(/** @type {string} */ root) {
  const target = path.join(root, 'dist/agent');
  rmSync(target, { recursive: true, force: true });
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const built = spawnSync(process.execPath, [compiler, '-p', 'lib/agent/tsconfig.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The toolkit does not compile:\n${built.stdout}${built.stderr}`);
  // The compiler rewrites specifiers in JavaScript only; in types they would still end in .ts.
  for (const name of readdirSync(target)) {
    if (!name.endsWith('.d.ts')) continue;
    const file = path.join(target, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(['"]\.\/[^'"]+)\.ts(['"])/g, '$1.js$2'));
  }
}
