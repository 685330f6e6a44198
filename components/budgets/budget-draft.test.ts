import { expect, test } from 'vitest';
import { newDraft, readDraft } from './budget-draft.ts';

const draft = { ...newDraft('Asia/Kathmandu'), name: 'Monthly', limitUsd: '300' };

test('what stands in the form is what the API would be sent', () => {
  expect(
    readDraft({ ...draft, agent: ' bot-* ', thresholds: '25; 90 %,100', burns: true, limitTokens: '5 000' })
      .input,
  ).toMatchObject({
    name: 'Monthly',
    limitUsd: '300',
    limitTokens: 5_000,
    scope: { agent: 'bot-*' },
    thresholds: [25, 90, 100],
    rules: [{ kind: 'burn', percent: 2, hours: 1, sustainedHours: 6 }],
    timeZone: 'Asia/Kathmandu',
  });
});

test('a span runs from midnight of its first day to the end of its last, in its zone', () => {
  const { input } = readDraft({ ...draft, period: 'span', fromDay: '2026-12-01', lastDay: '2026-12-31' });
  expect(input).toMatchObject({ from: '2026-11-30T18:15:00.000Z', to: '2026-12-31T18:15:00.000Z' });
});

test.each([
  ['name', { name: ' ' }],
  ['limitUsd', { limitUsd: '' }],
  ['limitUsd', { limitUsd: 'ten' }],
  ['limitTokens', { limitTokens: '1.5' }],
  ['thresholds', { thresholds: '50, 50' }],
  ['thresholds', { thresholds: 'half' }],
  ['timeZone', { timeZone: 'Kathmandu' }],
  ['anchorDay', { anchorDay: '' }],
  ['from', { period: 'span' as const, lastDay: '2026-12-31' }],
  ['sustainedHours', { burns: true, burnHours: '6', burnSustainedHours: '1' }],
  ['percent', { burns: true, burnPercent: '0' }],
])('a fault of %s is told at its field', (field, change) => {
  const { input, problems } = readDraft({ ...draft, ...change });
  expect(input).toBeNull();
  expect(Object.keys(problems)).toContain(field);
});
