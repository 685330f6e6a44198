import { expect, test } from 'vitest';
import { type KillTarget, killRun } from '../kill/kill-run.ts';

test.each<KillTarget>(['postgres', 'app'])(
  'three times kill -9 of %s under eight writers: nothing acknowledged is lost, nothing counted twice',
  async (target) => {
    const report = await killRun({ kills: 3, target });
    expect(report).toMatchObject({ lost: 0, doubled: 0 });
    expect(report.acknowledged).toBeGreaterThan(500);
    expect(report.rollupEvents).toBe(report.storedEvents);
    expect(report.apiEvents).toBe(report.storedEvents);
    expect(report.longestRequestMs).toBeLessThan(10_000);
    expect(Object.keys(report.statuses)).not.toContain('500');
  },
  300_000,
);
