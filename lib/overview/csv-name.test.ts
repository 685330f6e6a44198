import { expect, it } from 'vitest';
import { csvName } from './csv-name.ts';

it('names a file after its days in their own zone', () => {
  const range = { from: '2026-10-27T23:00:00Z', to: '2026-11-26T09:39:00Z', timeZone: 'Europe/Berlin' };
  expect(csvName({ range, by: 'model' })).toBe('plimsoll-spend-by-model-2026-10-28-to-2026-11-26.csv');
});

it('names one day once', () => {
  const range = { from: '2026-11-25T23:00:00Z', to: '2026-11-26T23:00:00Z', timeZone: 'Europe/Berlin' };
  expect(csvName({ range, by: 'agent' })).toBe('plimsoll-spend-by-agent-2026-11-26.csv');
});
