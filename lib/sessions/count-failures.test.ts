import { expect, test } from 'vitest';
import { countFailures } from './count-failures.ts';
import { sessionCall } from './testing/session-call.ts';

const ok = sessionCall({ tsMs: 1 });
const bad = (tsMs: number) => sessionCall({ tsMs, status: 'error', error: `at ${tsMs}` });

test('a session is stuck when its last three calls failed', () => {
  expect(countFailures([ok, bad(2), bad(3), bad(4)])).toEqual({ calls: 3, error: 'at 4', sinceMs: 2 });
});

test.each([
  ['two failures', [ok, bad(2), bad(3)]],
  ['failures that it got over', [bad(1), bad(2), bad(3), ok]],
  ['no calls', []],
])('it is not by %s', (_, calls) => {
  expect(countFailures(calls)).toBeNull();
});
