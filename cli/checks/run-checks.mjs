import { checkNode } from '../launcher/check-node.mjs';
import { ensureInstalled } from '../launcher/ensure-installed.mjs';
import { LaunchError } from '../launcher/launch-error.mjs';
import { createProgress } from '../launcher/progress.mjs';

/**
 * Runs checks in turn, all of them whatever the earlier ones said, and prints `N passed, N failed` last.
 * @param {readonly import('./checks.mjs').CheckName[]} names
 * @param {{ signal: AbortSignal }} options
 * @returns {Promise<boolean>} whether all passed
 */
export async function runChecks(names, { signal }) {
  checkNode([20, 9]);
  const progress = createProgress();
  await ensureInstalled({ progress, signal });
  // These need what was just installed.
  const { checks } = await import('./checks.mjs');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    if (signal.aborted) throw new LaunchError('Stopped.');
    progress.line(`\n== ${name}`);
    const startedAt = performance.now();
    const counts = await runCheck(() => checks[name]({ progress, signal }));
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    progress.line(`== ${name}: ${formatCounts(counts)} in ${seconds} s`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  progress.line(`\n${formatCounts(total)}`);
  return total.failed === 0;
}

/**
 * @param {() => Promise<import('./count-tests.mjs').Counts>} check
 * @returns {Promise<import('./count-tests.mjs').Counts>}
 */
async function runCheck(check) {
  try {
    return await check();
  } catch (error) {
    console.error(error instanceof LaunchError ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {import('./count-tests.mjs').Counts} counts */
export function formatCounts({ passed, failed, skipped }) {
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${rest}`;
}
