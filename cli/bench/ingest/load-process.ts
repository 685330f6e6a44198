import { setTimeout as pause } from 'node:timers/promises';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { makeRequests } from './make-requests.ts';
import { RawClient } from './raw-client.ts';

// A process of its own, so that its CPU is neither the server's nor the benchmark's: told a plan, it makes
// the requests, says "made", and sends them when told to go.
let requests: readonly Buffer[] = [];
let plan: LoadPlan | undefined;

process.on('message', (message: LoadPlan | 'go') => {
  if (message !== 'go') {
    plan = message;
    requests = makeRequests(message, Date.now());
    process.send?.('made');
  } else if (plan !== undefined) {
    run(plan).then(
      (result) => process.send?.(result),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  }
});

async function run({ host, port, clients, eventsPerRequest }: LoadPlan): Promise<LoadResult> {
  const open = await Promise.all(Array.from({ length: clients }, () => RawClient.open({ host, port })));
  const timesMs: number[] = [];
  let next = 0;
  let refusals = 0;
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    open.map(async (client) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sent = performance.now();
        refusals += await sendUntilAccepted(client, request, eventsPerRequest);
        timesMs.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const cpu = process.cpuUsage(cpuStart);
  for (const client of open) client.close();
  return {
    seconds,
    timesMs,
    accepted: timesMs.length * eventsPerRequest,
    refusals,
    cpuMicros: cpu.user + cpu.system,
  };
}

/** @returns how often it was refused for lack of room before */
async function sendUntilAccepted(client: RawClient, request: Buffer, events: number): Promise<number> {
  for (let refusals = 0; ; refusals++) {
    const { status, head, bodyStart } = await client.send(request);
    if (status === 200 && bodyStart.startsWith(`{"accepted":${events},`)) return refusals;
    if (status !== 429 && status !== 503) throw new Error(`${status} ${bodyStart}`);
    await pause(1_000 * Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? 1));
  }
}
