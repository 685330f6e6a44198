import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from './count-tests.mjs';

const passedTest = { status: 'passed', assertionResults: [{}] };

test.each([
  {
    title: 'all passed',
    run: { isOk: true, report: { numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 } },
    counts: { passed: 3, failed: 0, skipped: 2 },
  },
  {
    title: 'a file that could not be loaded is a failure',
    run: {
      isOk: false,
      report: { numPassedTests: 3, testResults: [passedTest, { status: 'failed', assertionResults: [] }] },
    },
    counts: { passed: 3, failed: 1, skipped: 0 },
  },
  {
    title: 'an error outside the tests is a failure',
    run: { isOk: false, report: { numPassedTests: 3 } },
    counts: { passed: 3, failed: 1, skipped: 0 },
  },
  {
    title: 'a run without tests is a failure, whatever its exit code',
    run: { isOk: true, report: { numPassedTests: 0, numPendingTests: 5 } },
    counts: { passed: 0, failed: 1, skipped: 5 },
  },
  {
    title: 'a run without a report is a failure',
    run: { isOk: true, report: null },
    counts: { passed: 0, failed: 1, skipped: 0 },
  },
])('unit tests: $title', ({ run, counts }) => {
  expect(countVitest(run)).toEqual(counts);
});

test('end-to-end tests: one that passed when repeated, as only CI does, counts once', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 1 };
  expect(countPlaywright({ isOk: false, report: { stats } })).toEqual({ passed: 6, failed: 1, skipped: 1 });
});

test('end-to-end tests: a server that did not start is a failure', () => {
  expect(countPlaywright({ isOk: false, report: { stats: { expected: 0 } } })).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
  });
});
