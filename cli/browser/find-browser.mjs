import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { LaunchError } from '../launcher/launch-error.mjs';
import { installBrowser } from './install-browser.mjs';
import { unpackBrowser } from './unpack-browser.mjs';

/**
 * @typedef {object} Browser a Chromium that starts on this machine
 * @property {string} executablePath
 * @property {Record<string, string>} env what it needs beside the caller's environment
 */

const versionTimeoutMs = 30_000;

/** Where Chrome, Chromium and Edge are put by their installers. */
const installedPaths = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
};

/**
 * Finds a Chromium for the tests: CHROMIUM_PATH, one that is installed, Playwright's own, the distribution's
 * package (as root on Debian and its kin), the one in an npm package (Linux on x64), Playwright's download.
 * Each must answer with its version before it counts.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<Browser>}
 * @throws {LaunchError} saying what to install
 */
export async function findBrowser({ log }) {
  const configured = process.env['CHROMIUM_PATH']?.trim() ?? '';
  if (configured !== '') {
    const browser = tryBrowser(configured);
    if (browser !== null) return browser;
    throw new LaunchError(`CHROMIUM_PATH is ${configured}, and no browser starts there.`);
  }
  const found = findInstalled() ?? (await findPlaywrights());
  if (found !== null) return found;
  if (installBrowser({ log })) {
    const installed = findInstalled();
    if (installed !== null) return installed;
  }
  const unpacked = await unpackBrowser({ log });
  const shipped = unpacked === null ? null : tryBrowser(unpacked.executablePath, unpacked.env);
  if (shipped !== null) return shipped;
  log('asking Playwright for its own browser');
  const { status } = spawnSync(process.execPath, [playwrightProgram, 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 300_000,
  });
  const downloaded = status === 0 ? await findPlaywrights() : null;
  if (downloaded !== null) return downloaded;
  throw new LaunchError(
    'No browser for the end-to-end tests. Install Chromium or Chrome (Debian: apt-get install chromium), or set CHROMIUM_PATH.',
  );
}

const playwrightProgram = 'node_modules/@playwright/test/cli.js';

function findInstalled() {
  const paths = process.platform === 'darwin' ? installedPaths.darwin : installedPaths.linux;
  for (const path of paths) {
    const browser = tryBrowser(path);
    if (browser !== null) return browser;
  }
  return null;
}

async function findPlaywrights() {
  const { chromium } = await import('@playwright/test');
  return tryBrowser(chromium.executablePath());
}

/**
 * A file alone proves nothing: Ubuntu's /usr/bin/chromium-browser only asks to install something else, and
 * libraries may be missing.
 * @param {string} executablePath
 * @param {Record<string, string>} [env]
 * @returns {Browser | null}
 */
function tryBrowser(executablePath, env = {}) {
  if (!existsSync(executablePath)) return null;
  const { status, stdout } = spawnSync(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: versionTimeoutMs,
  });
  return status === 0 && /\d+\.\d+\.\d+/.test(stdout) ? { executablePath, env } : null;
}
