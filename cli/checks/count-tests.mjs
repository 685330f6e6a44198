/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts of a Vitest run from its JSON report. A file that could not be loaded, an error outside the tests
 * and a run without tests each count as one failed.
 * @param {{ isOk: boolean, report: unknown }} run
 * @returns {Counts}
 */
export function countVitest({ isOk, report }) {
  const passed = numberIn(report, 'numPassedTests');
  const skipped = numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests');
  const unloaded = listIn(report, 'testResults').filter(
    (file) => textIn(file, 'status') === 'failed' && listIn(file, 'assertionResults').length === 0,
  );
  const failed = numberIn(report, 'numFailedTests') + unloaded.length;
  return failIfNothing({ isOk, counts: { passed, failed, skipped } });
}

/**
 * The same for Playwright. A test that passed when repeated counts as passed, once: only CI repeats.
 * @param {{ isOk: boolean, report: unknown }} run
 * @returns {Counts}
 */
export function countPlaywright({ isOk, report }) {
  const stats = valueIn(report, 'stats');
  const counts = {
    passed: numberIn(stats, 'expected') + numberIn(stats, 'flaky'),
    failed: numberIn(stats, 'unexpected'),
    skipped: numberIn(stats, 'skipped'),
  };
  return failIfNothing({ isOk, counts });
}

/**
 * @param {{ isOk: boolean, counts: Counts }} run
 * @returns {Counts}
 */
function failIfNothing({ isOk, counts }) {
  const isSilent = counts.failed === 0 && (!isOk || counts.passed === 0);
  return isSilent ? { ...counts, failed: 1 } : counts;
}

/** @param {unknown} value @param {string} name @returns {unknown} */
function valueIn(value, name) {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** @param {unknown} value @param {string} name */
function numberIn(value, name) {
  const found = valueIn(value, name);
  return typeof found === 'number' ? found : 0;
}

/** @param {unknown} value @param {string} name */
function textIn(value, name) {
  const found = valueIn(value, name);
  return typeof found === 'string' ? found : '';
}

/** @param {unknown} value @param {string} name @returns {readonly unknown[]} */
function listIn(value, name) {
  const found = valueIn(value, name);
  return Array.isArray(found) ? found : [];
}
