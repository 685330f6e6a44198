import { UsageClient } from '#lib/agent/usage-client.ts';

/** Tracks numbered events as fast as the parent kills it: `<url> <spill file> <first number> <count>`. */
const [, , url = '', spillFile = '', first = '0', count = '0'] = process.argv;
const client = new UsageClient({
  url,
  key: 'key',
  agent: 'child',
  spillFile,
  batchWaitMs: 5,
  spillBytesMax: 400_000_000,
});
for (let index = 0; index < Number(count); index++) {
  client.track({ type: 'heartbeat', id: `event-${Number(first) + index}` });
  // What is written here was taken: the parent counts on it.
  if (index % 50 === 0) {
    process.stdout.write(`${Number(first) + index}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await client.close(60_000);
process.stdout.write('done\n');
