import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { choosePort } from '#cli/launcher/choose-port.mjs';
import { repositoryRoot } from '#cli/launcher/repository-root.mjs';
import { adminKey } from './admin-key.ts';

/** Set by `npm test`. Without them (an editor's test runner) Playwright's own browser and a fixed folder do. */
const {
  PLIMSOLL_E2E_BROWSER: browserText,
  PLIMSOLL_E2E_DATA_DIR: dataDir = join(repositoryRoot, 'node_modules/.cache/e2e-data'),
} = process.env;
const { executablePath, env } = browserText === undefined ? {} : JSON.parse(browserText);

// Every worker reads this file again, and must find the port that the first reading chose.
if (process.env['PLIMSOLL_E2E_PORT'] === undefined) {
  rmSync(dataDir, { recursive: true, force: true });
  process.env['PLIMSOLL_E2E_PORT'] = String(await choosePort({ host: '127.0.0.1', port: '0' }));
}
const port = process.env['PLIMSOLL_E2E_PORT'];
const baseURL = `http://127.0.0.1:${port}`;

/** One real server of the present build with a database of its own; specs keep to agents of their own. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  workers: 2,
  // As in vitest.config.ts; the list names what passed only when repeated.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      env: { ...process.env, ...env },
      // As root there is no sandbox; in containers /dev/shm is too small for tabs.
      chromiumSandbox: false,
      args: ['--disable-dev-shm-usage'],
    },
  },
  webServer: {
    command: 'node cli/start.mjs',
    cwd: repositoryRoot,
    url: `${baseURL}/api/health/ready`,
    env: { PORT: port, HOST: '127.0.0.1', PLIMSOLL_DATA_DIR: dataDir, PLIMSOLL_ADMIN_KEY: adminKey },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
