import { expect, it } from 'vitest';
import { formatRelativeTime } from './format-relative-time.ts';

const second = 1_000;
const day = 86_400 * second;

it.each([
  [0, 'just now'],
  [59 * second, 'just now'],
  [60 * second, '1 min ago'],
  [3_599 * second, '59 min ago'],
  [3_600 * second, '1 h ago'],
  [day - 1, '23 h ago'],
  [day, '1 day ago'],
  [59 * day, '59 days ago'],
  [61 * day, '2 months ago'],
  [731 * day, '2 years ago'],
  [-59 * second, 'just now'],
  [-300 * second, 'in 5 min'],
])('shows %d ms ago as %s', (agoMs, text) => {
  const nowMs = Date.UTC(2026, 10, 21);
  expect(formatRelativeTime({ atMs: nowMs - agoMs, nowMs })).toBe(text);
});
