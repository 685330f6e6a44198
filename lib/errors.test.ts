import { expect, test, vi } from 'vitest';
import { AppError } from './errors.ts';

test('an error of another copy of this module is one of the family', async () => {
  vi.resetModules();
  const other = await import('./errors.ts');
  expect(other.AppError).not.toBe(AppError);
  expect(new other.AppError('overloaded', 'full')).toBeInstanceOf(AppError);
});

test.each([new Error('x'), new TypeError('x'), { code: 'overloaded' }, null, undefined, 'overloaded'])(
  'anything else is not: %s',
  (value) => {
    expect(value instanceof AppError).toBe(false);
  },
);
