import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '#cli/launcher/repository-root.mjs';

/** Where the server under test keeps its data; e2e/playwright.config.ts starts it. */
export const serverDataDir =
  process.env['PLIMSOLL_E2E_DATA_DIR'] ?? join(repositoryRoot, 'node_modules/.cache/e2e-data');

const run = promisify(execFile);
const timeoutMs = 120_000;

/** Runs one of the project's commands as a person would in a second terminal. @returns what it printed */
export async function runCommand(script: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', script, ...args],
    { cwd: repositoryRoot, env: { ...process.env, PLIMSOLL_DATA_DIR: serverDataDir }, timeout: timeoutMs },
  );
  return stdout;
}

export function serverDatabaseUrl(): string {
  const { databaseUrl }: { readonly databaseUrl: string } = JSON.parse(
    readFileSync(join(serverDataDir, 'run.json'), 'utf8'),
  );
  return databaseUrl;
}
