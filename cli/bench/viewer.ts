import { parseArgs } from 'node:util';
import { compareLists, compareSteadiness } from './viewer/compare-lists.ts';
import { measureMillion } from './viewer/measure-million.ts';
import { measureOwn } from './viewer/measure-own.ts';
import { openViewerBench } from './viewer/open-viewer-page.ts';

/**
 * The chat viewer beside other lists with the same rows, then by itself on a session of a million messages in
 * Postgres, all in one Chromium. `--quick` is smaller and takes two minutes.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'lists,steady,own,million' },
  },
});
const only = new Set(values.only.split(','));
const isQuick = values.quick;

if (only.has('lists') || only.has('steady') || only.has('own')) {
  const bench = await openViewerBench();
  try {
    if (only.has('lists')) {
      await compareLists(bench, {
        rows: isQuick ? 20_000 : 100_000,
        naiveRows: isQuick ? 1_000 : 5_000,
        runs: Number(values.runs),
        scrollMs: isQuick ? 2_000 : 10_000,
      });
    }
    if (only.has('steady')) await compareSteadiness(bench, { runs: Number(values.runs) });
    if (only.has('own')) await measureOwn(bench, { runs: Number(values.runs) });
  } finally {
    await bench.close();
  }
}
if (only.has('million')) await measureMillion({ messages: isQuick ? 100_000 : 1_000_000 });
