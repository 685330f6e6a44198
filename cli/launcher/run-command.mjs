import { spawn } from 'node:child_process';
import { LaunchError } from './launch-error.mjs';

const outputCharsMax = 200_000;

/**
 * Runs a program to its end. Its output is held back and shown when it fails, or from then on when it takes
 * long: an install that waits for a registry says so itself.
 * @param {readonly [string, ...string[]]} command
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {string} options.failure what did not work, for the error
 * @param {number} [options.showAfterMs] default: never while it runs
 * @param {(text: string) => void} [options.show]
 * @param {AbortSignal} [options.signal] ends it with SIGTERM
 * @returns {Promise<string>} its output
 */
export async function runCommand([program, ...args], options) {
  const {
    cwd,
    env,
    failure,
    showAfterMs,
    show = (text) => void process.stdout.write(text),
    signal,
  } = options;
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => void child.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  let output = '';
  let isShown = false;
  const reveal = () => {
    isShown = true;
    show(output);
  };
  const timer = showAfterMs === undefined ? undefined : setTimeout(reveal, showAfterMs);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-outputCharsMax);
      if (isShown) show(text);
    });
  }
  try {
    const how = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, killed) => resolve(killed ?? code));
    });
    if (how === 0) return output;
    throw new LaunchError(isShown ? `${failure} (${how}).` : `${failure} (${how}):\n${output.trimEnd()}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
