import { readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findText } from './private-file.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { runCommand } from './run-command.mjs';
import { digest } from './stamp.mjs';

const sourceFolders = ['app', 'components', 'db', 'lib', 'public'];

/** Next's own program; called without npx, which keeps signals to itself. */
export const nextProgram = join(repositoryRoot, 'node_modules', 'next', 'dist', 'bin', 'next');

/**
 * Builds the app when its sources are not those of the last build.
 * @param {{ progress: import('./progress.mjs').Progress, signal: AbortSignal }} options
 */
export async function ensureBuilt({ progress, signal }) {
  const stampPath = join(repositoryRoot, '.next', 'plimsoll-build');
  const wanted = sourceDigest();
  if ((await findText(stampPath)) === wanted) return;
  await rm(stampPath, { force: true });
  await progress.run('building the app', () =>
    runCommand([process.execPath, nextProgram, 'build'], {
      cwd: repositoryRoot,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      failure: 'The build failed',
      signal,
    }),
  );
  await writeFile(stampPath, wanted);
}

function sourceDigest() {
  const atRoot = readdirSync(repositoryRoot).filter(
    (name) =>
      /\.(?:[cm]?[jt]s|json)$|^\.env/.test(name) && !/^(?:next-env|vitest|drizzle)\b|^biome/.test(name),
  );
  const publicVariables = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'));
  return digest({
    root: repositoryRoot,
    paths: [...sourceFolders, ...atRoot],
    facts: [process.versions.modules, publicVariables.sort()],
    skip: (path) => /\.test\.[jt]sx?$|\.md$/.test(path),
  });
}
