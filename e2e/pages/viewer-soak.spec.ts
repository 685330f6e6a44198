import { openViewerBench, type ViewerBench } from '#cli/bench/viewer/open-viewer-page.ts';
import { judgeSoak } from '#cli/soak/judge-soak.ts';
import { runSoak, shortSoak } from '#cli/soak/run-soak.ts';
import { expect, test } from '../fixtures.ts';

let bench: ViewerBench;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  bench = await openViewerBench();
});
test.afterAll(() => bench.close());

// A collector's mood moves a minute's heap by a few kilobytes around the gate; a leak fails each time.
test.describe.configure({ retries: process.env['CI'] === undefined ? 0 : 2 });

test('what the viewer holds does not grow with what it has shown', async () => {
  test.setTimeout(180_000);
  expect(judgeSoak(await runSoak(bench, { size: shortSoak, isEvicting: true }))).toEqual([]);
});

test('the same run with eviction off is found', async () => {
  test.setTimeout(180_000);
  expect(judgeSoak(await runSoak(bench, { size: shortSoak, isEvicting: false }))).not.toEqual([]);
});
