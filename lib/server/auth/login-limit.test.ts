import { expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { loginLimit } from './login-limit.ts';

function refusalOf(run: () => unknown): AppError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

test('an eleventh wrong try of one address within a minute is refused until the minute is over', () => {
  const limit = loginLimit();
  for (let tries = 0; tries < 10; tries += 1) limit.take('a', 1_000);
  const refusal = refusalOf(() => limit.take('a', 21_000));
  expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 40 });
  expect(refusalOf(() => limit.take('b', 21_000))).toBeNull();
  expect(refusalOf(() => limit.take('a', 61_000))).toBeNull();
});

test('all addresses together have 30 wrong tries a minute', () => {
  const limit = loginLimit();
  for (let tries = 0; tries < 30; tries += 1) limit.take(`address ${tries}`, 5_000);
  expect(refusalOf(() => limit.take('another', 5_000))).toMatchObject({ retryAfterSeconds: 60 });
  expect(refusalOf(() => limit.take('another', 65_000))).toBeNull();
});

test('right tries do not count', () => {
  const limit = loginLimit();
  for (let tries = 0; tries < 100; tries += 1) limit.take('a', 1_000)();
  expect(refusalOf(() => limit.take('a', 1_000))).toBeNull();
});
