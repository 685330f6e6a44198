import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findText } from './private-file.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { runCommand } from './run-command.mjs';
import { digest } from './stamp.mjs';

const showNpmAfterMs = 60_000;

/**
 * Installs the locked dependencies when they are missing or not those of the lock file.
 * @param {{ progress: import('./progress.mjs').Progress, signal: AbortSignal }} options
 */
export async function ensureInstalled({ progress, signal }) {
  const stampPath = join(repositoryRoot, 'node_modules', '.plimsoll-dependencies');
  const wanted = await dependenciesDigest();
  if ((await findText(stampPath)) === wanted) return;
  await progress.run('installing the dependencies', () =>
    runCommand([...npm(), 'install', ...installFlags], {
      cwd: repositoryRoot,
      env: process.env,
      failure: 'npm could not install the dependencies',
      showAfterMs: showNpmAfterMs,
      show: (text) => progress.line(text.trimEnd()),
      signal,
    }),
  );
  await writeFile(stampPath, wanted);
}

// Not `npm ci`: it refuses a lock that lacks packages of other platforms, which some registries do not hold.
// `--no-save` leaves the lock as it is. With NODE_ENV=production npm would leave out what the build needs.
const installFlags = ['--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

async function dependenciesDigest() {
  const manifest = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, overrides } = manifest;
  const facts = [dependencies, devDependencies, overrides, process.platform, process.arch];
  return digest({
    root: repositoryRoot,
    paths: ['package-lock.json'],
    facts: [...facts, process.versions.modules],
  });
}

/** The npm that called us, as its version may differ from the one on the path. */
function npm() {
  const { npm_execpath: script } = process.env;
  /** @type {[string, ...string[]]} */
  const command =
    script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)
      ? [process.execPath, script]
      : ['npm'];
  return command;
}
