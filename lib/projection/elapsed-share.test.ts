import { expect, test } from 'vitest';
import { elapsedShare } from './elapsed-share.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A Wednesday. */
const midnightMs = Date.UTC(2026, 10, 18);
const timeZone = 'UTC';

test('without history a day passes evenly', () => {
  expect(elapsedShare({ hours: [], nowMs: midnightMs, timeZone })).toBe(0);
  expect(elapsedShare({ hours: [], nowMs: midnightMs + 6 * hourMs, timeZone })).toBeCloseTo(0.25, 9);
  expect(elapsedShare({ hours: [], nowMs: midnightMs + dayMs - 1, timeZone })).toBeCloseTo(1, 6);
});

test('where all is spent from 9 to 10, little is left at noon', () => {
  const hours = Array.from({ length: 28 }, (_, day) => ({
    startMs: midnightMs - (day + 1) * dayMs + 9 * hourMs,
    amount: 1_000n,
  }));
  const at = (hour: number) => elapsedShare({ hours, nowMs: midnightMs + hour * hourMs, timeZone });
  expect(at(9)).toBeLessThan(0.05);
  expect(at(12)).toBeGreaterThan(0.9);
});

test('the weekday has its own shape', () => {
  const hours = Array.from({ length: 28 }, (_, day) => ({
    startMs: midnightMs - (day + 1) * dayMs + (day % 7 === 6 ? 20 : 2) * hourMs,
    amount: 1_000n,
  }));
  const atNoon = (dayNumber: number) =>
    elapsedShare({ hours, nowMs: midnightMs + dayNumber * dayMs + 12 * hourMs, timeZone });
  // Wednesdays were busy in the evening, all other days in the night.
  expect(atNoon(0)).toBeLessThan(0.5);
  expect(atNoon(1)).toBeGreaterThan(0.9);
});

test('hours are those of the local clock', () => {
  const kolkataNoonMs = midnightMs + 6.5 * hourMs;
  expect(elapsedShare({ hours: [], nowMs: kolkataNoonMs, timeZone: 'Asia/Kolkata' })).toBeCloseTo(0.5, 9);
});
