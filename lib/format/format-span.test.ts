import { expect, it } from 'vitest';
import { formatSpan } from './format-span.ts';

const timeZone = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

it.each([
  ['2026-11-18T23:00:00Z', '2026-11-21T23:00:00Z', '19 – 21 Nov 2026'],
  ['2026-11-20T23:00:00Z', '2026-11-21T23:00:00Z', '21 Nov 2026'],
  ['2026-11-21T09:00:00Z', '2026-11-21T13:00:00Z', '21 Nov, 10:00 – 14:00'],
  ['2026-11-21T09:00:00Z', '2026-11-22T09:00:00Z', '21 Nov, 10:00 – 22 Nov, 10:00'],
])('tells %s to %s as %s', (from, to, text) => {
  expect(formatSpan({ fromMs: at(from), toMs: at(to), timeZone })).toBe(text);
});
