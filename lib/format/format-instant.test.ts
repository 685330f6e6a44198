import { expect, it } from 'vitest';
import { formatInstant } from './format-instant.ts';

it('names day, second and zone, so that nobody has to guess', () => {
  const atMs = Date.UTC(2026, 10, 21, 23, 47, 5);
  expect(formatInstant({ atMs, timeZone: 'Asia/Kolkata' })).toBe('22 Nov 2026, 05:17:05 GMT+5:30');
  expect(formatInstant({ atMs, timeZone: 'UTC' })).toBe('21 Nov 2026, 23:47:05 UTC');
});
