import { expect, it } from 'vitest';
import { formatDayRange } from './format-day-range.ts';

it('leaves the excluded end out', () => {
  const range = { fromMs: Date.parse('2026-10-23T00:00:00Z'), toMs: Date.parse('2026-11-22T00:00:00Z') };
  expect(formatDayRange({ ...range, timeZone: 'UTC' })).toBe('23 Oct – 21 Nov 2026');
});
