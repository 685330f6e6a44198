import { expect, it } from 'vitest';
import { checkRetentionDays } from './check-retention-days.ts';

it.each([
  ['0', 0],
  [' 30 ', 30],
  ['36500', 36_500],
])('reads %j as %d days', (text, days) => {
  expect(checkRetentionDays(text).days).toBe(days);
});

it.each(['', '-1', '1.5', '36501', '1e3', 'ten', '999999'])('refuses %j and says what it takes', (text) => {
  expect(checkRetentionDays(text)).toEqual({ days: null, problem: expect.stringContaining('0 to 36,500') });
});
