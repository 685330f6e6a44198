import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '../browser/find-browser.mjs';
import { choosePort } from '../launcher/choose-port.mjs';
import { ensureBuilt } from '../launcher/ensure-built.mjs';
import { makeTemporaryFolder } from '../launcher/temporary-folder.mjs';
import { countPlaywright, countVitest } from './count-tests.mjs';
import { runTool } from './run-tool.mjs';

/**
 * @typedef {import('./count-tests.mjs').Counts} Counts
 * @typedef {{ progress: import('../launcher/progress.mjs').Progress, signal: AbortSignal }} CheckContext
 */

/**
 * All checks by name, in the order in which they run: the quick and telling ones first.
 * @satisfies {Record<string, (context: CheckContext) => Promise<Counts>>}
 */
export const checks = {
  types: () => countOnce(checkTypes()),
  lint: () =>
    countOnce(
      runTool('@biomejs/biome/bin/biome', ['ci', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.']),
    ),
  unit: () => runVitest('unit'),
  db: () => runVitest('db'),
  build: (/** @type {CheckContext} */ context) => countOnce(ensureBuilt(context).then(() => true)),
  launcher: () => runVitest('launcher'),
  e2e: runPlaywright,
};

/** @typedef {keyof typeof checks} CheckName */

/** @param {Promise<boolean>} check @returns {Promise<Counts>} */
async function countOnce(check) {
  const isOk = await check;
  return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0 };
}

/** The types of the routes are written by Next, and a fresh clone has none. */
async function checkTypes() {
  const isGenerated = await runTool('next/dist/bin/next', ['typegen']);
  return isGenerated && (await runTool('typescript/bin/tsc', ['--noEmit']));
}

/** @param {string} project */
async function runVitest(project) {
  const folder = await makeTemporaryFolder();
  try {
    const path = join(folder.path, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
    const isOk = await runTool('vitest/vitest.mjs', ['run', '--project', project, ...reporters]);
    return countVitest({ isOk, report: await readReport(path) });
  } finally {
    await folder.remove();
  }
}

/** @param {CheckContext} context */
async function runPlaywright({ progress }) {
  const browser = await findBrowser({ log: progress.line });
  progress.line(`  browser: ${browser.executablePath}`);
  const folder = await makeTemporaryFolder();
  try {
    const path = join(folder.path, 'report.json');
    const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'];
    const isOk = await runTool('@playwright/test/cli.js', args, {
      PLAYWRIGHT_JSON_OUTPUT_FILE: path,
      PLIMSOLL_E2E_BROWSER: JSON.stringify(browser),
      PLIMSOLL_E2E_DATA_DIR: join(folder.path, 'data'),
      PLIMSOLL_E2E_PORT: String(await choosePort({ host: '127.0.0.1', port: '0' })),
    });
    return countPlaywright({ isOk, report: await readReport(path) });
  } finally {
    await folder.remove();
  }
}

/** @param {string} path @returns {Promise<unknown>} null where the run ended before it wrote one */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // The run has said on the terminal what stopped it, and counts as failed.
    return null;
  }
}
