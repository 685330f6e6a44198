import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../launcher/repository-root.mjs';

/**
 * Runs a Node program of the dependencies with its output on the terminal.
 * @param {string} program relative to node_modules
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] beside the caller's
 * @returns {Promise<boolean>} whether it ended with 0
 */
export function runTool(program, args, env = {}) {
  const child = spawn(process.execPath, [join(repositoryRoot, 'node_modules', program), ...args], {
    cwd: repositoryRoot,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}
