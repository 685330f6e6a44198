import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TrackedEvent, UsageClient } from '#lib/agent/index.ts';
import { printTable } from '../print-table.ts';
import { quantile } from '../quantile.ts';
import { formatMegabytes, liveHeapBytes } from './heap-growth.ts';
import { openIngestDouble } from './ingest-double.ts';

const timed = 200_000;
const flood = 1_000_000;
const usage: Extract<TrackedEvent, { type: 'usage' }> = {
  type: 'usage',
  session: 'session',
  provider: 'openai',
  model: 'gpt-5',
  inputTokens: 1_200,
  outputTokens: 340,
  cacheReadTokens: 900,
  latencyMs: 1_830,
};

/** What `track` takes from the agent's loop, and what it holds while the server is down. */
export async function measureTrack(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bench-'));
  const down = 'http://127.0.0.1:9';
  const rows: (readonly (string | number)[])[] = [];
  for (const [name, options] of [
    ['memory, server down', {}],
    [
      'memory and spill file, server down',
      { spillFile: path.join(folder, 'events'), spillBytesMax: 400_000_000 },
    ],
  ] as const) {
    const client = new UsageClient({ url: down, key: 'key', agent: 'bench', ...options });
    for (let index = 0; index < 20_000; index++) client.track(usage);
    const times = new Float64Array(timed);
    for (let index = 0; index < timed; index++) {
      const startedMs = performance.now();
      client.track(usage);
      times[index] = performance.now() - startedMs;
      // An agent does other things in between; so may the sender.
      if (index % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const micro = (share: number) => (quantile([...times], share) * 1_000).toFixed(1);
    rows.push([name, micro(0.5), micro(0.99), micro(0.999)]);
    await client.close(0);
  }
  process.stdout.write(`track(), ${timed} calls after 20,000\n`);
  printTable(['', 'p50 µs', 'p99 µs', 'p99.9 µs'], rows);
  await measureFlood(down);
  rmSync(folder, { recursive: true, force: true });
}

async function measureFlood(down: string): Promise<void> {
  const client = new UsageClient({ url: down, key: 'key', agent: 'bench' });
  client.track(usage);
  const before = liveHeapBytes();
  for (let index = 0; index < flood; index++) {
    client.track({ ...usage, session: `session ${index % 100}` });
    if (index % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const grown = liveHeapBytes() - before;
  const { queued, dropped } = client.report();
  process.stdout.write(
    `${flood} events with the server down: heap grew by ${formatMegabytes(grown)}, ${queued} queued, ${dropped} dropped\n`,
  );
  await client.close(0);

  const ingest = await openIngestDouble();
  const up = new UsageClient({ url: ingest.url, key: 'key', agent: 'bench', whenFull: 'wait' });
  const startedMs = performance.now();
  for (let index = 0; index < 100_000; index++) {
    if (!up.track(usage)) {
      await up.whenRoom();
      up.track(usage);
    }
  }
  const { left } = await up.close(60_000);
  const seconds = (performance.now() - startedMs) / 1_000;
  process.stdout.write(
    `100,000 events with the server up, waiting for room: ${ingest.ids.size} stored, ${ingest.duplicates()} twice, ${left} left, ${Math.round(100_000 / seconds)} a second\n\n`,
  );
  await ingest.close();
}
