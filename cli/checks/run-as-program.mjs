import { LaunchError } from '../launcher/launch-error.mjs';
import { listenForStop } from '../launcher/stop-request.mjs';
import { runChecks } from './run-checks.mjs';

/**
 * Runs checks as the whole of a program and ends it: 0 when all passed, else 1.
 * @param {readonly import('./checks.mjs').CheckName[]} names
 */
export async function runAsProgram(names) {
  try {
    process.exit((await runChecks(names, { signal: listenForStop() })) ? 0 : 1);
  } catch (error) {
    console.error(error instanceof LaunchError ? error.message : error);
    process.exit(1);
  }
}
