import { launch } from './launcher/launch.mjs';
import { LaunchError } from './launcher/launch-error.mjs';
import { listenForStop } from './launcher/stop-request.mjs';

const signal = listenForStop();
try {
  await launch({ isDev: process.argv.includes('--dev'), signal });
  process.exit(0);
} catch (error) {
  // What was interrupted says so in many ways; the person who pressed Ctrl-C knows.
  if (signal.aborted && error instanceof LaunchError) process.exit(0);
  console.error(error instanceof LaunchError ? `\n${error.message}` : error);
  process.exit(1);
}
