import { expect, test } from 'vitest';
import { clearRun } from '../kill/clear-run.ts';

test('cleared during ingest with retries, killed in the middle: nothing else is lost, nothing cleared returns, all or nothing', async () => {
  const report = await clearRun({ clears: 4 });
  expect(report).toMatchObject({ clears: 4, lost: 0, lostElsewhere: 0, returned: 0, halves: 0 });
  expect(report.acknowledged).toBeGreaterThan(300);
}, 300_000);
