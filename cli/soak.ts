import { parseArgs } from 'node:util';
import { openViewerBench } from './bench/viewer/open-viewer-page.ts';
import { judgeSoak } from './soak/judge-soak.ts';
import { openSoakServer, type SoakServer } from './soak/open-soak-server.ts';
import { fullSoak, runSoak, shortSoak } from './soak/run-soak.ts';

/**
 * Eight hours of the viewer in about eight minutes, then the same with eviction off, which must fail: else the
 * gate would prove nothing. `--short` takes a minute; `--no-control` leaves the second run out.
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    'no-control': { type: 'boolean', default: false },
  },
});
const size = values.short ? shortSoak : fullSoak;

const bench = await openViewerBench();
let server: SoakServer | undefined;
try {
  server = await openSoakServer();
  console.log(`${size.samples * size.messages} tailed messages, ${size.samples * size.visits} visits`);
  const faults = await soak(true);
  console.log(faults.length === 0 ? 'passed' : `FAILED: ${faults.join('; ')}`);
  if (faults.length > 0) process.exitCode = 1;
  if (!values['no-control']) {
    const control = await soak(false);
    console.log(
      control.length > 0
        ? `the control failed as it must: ${control.slice(0, 3).join('; ')}`
        : 'FAILED: with eviction off nothing was found',
    );
    if (control.length === 0) process.exitCode = 1;
  }
} finally {
  await bench.close();
  await server?.close();
}

async function soak(isEvicting: boolean): Promise<readonly string[]> {
  console.log(isEvicting ? '\nas it is' : '\nwith eviction off');
  const samples = await runSoak(bench, {
    size,
    isEvicting,
    // The control is about the page; the server goes on with the same work in both.
    ...(server === undefined ? {} : { server }),
    onSample: ({ heapBytes, nodes, listeners, held, serverBytes }, index) =>
      console.log(
        `${String(index + 1).padStart(2)}  heap ${(heapBytes / 1e6).toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners, ${held['pages']?.size} pages, server ${((serverBytes ?? 0) / 1e6).toFixed(0)} MB`,
      ),
  });
  return judgeSoak(samples);
}
