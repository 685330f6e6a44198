import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../launcher/repository-root.mjs';
import type { BenchServer } from '../bench-server.ts';
import { cpuMicros } from '../cpu-time.ts';
import { quantile } from '../quantile.ts';
import type { LoadFigures, LoadPlan, LoadResult } from './load-plan.ts';

let seed = Date.now() % 1_000_000_000;

/** Sends events to a running app from another process and says what came of it. */
export async function measureLoad(
  server: BenchServer,
  postgresPid: number,
  shape: Pick<LoadPlan, 'clients' | 'eventsPerRequest' | 'events' | 'ids'>,
): Promise<LoadFigures> {
  const { hostname, port } = new URL(server.url);
  const child = fork(join(repositoryRoot, 'cli/bench/ingest/load-process.ts'));
  try {
    seed += 1;
    const plan = { ...shape, host: hostname, port: Number(port), ...server.headers, seed } satisfies LoadPlan;
    await tell(child, plan);
    const [postgresStart, nodeStart] = [cpuMicros(postgresPid), cpuMicros(server.pid)];
    const result = await tell<LoadResult>(child, 'go');
    const { accepted, seconds, timesMs } = result;
    return {
      eventsPerSecond: accepted / seconds,
      p50Ms: quantile(timesMs, 0.5),
      p99Ms: quantile(timesMs, 0.99),
      nodeMicrosPerEvent: (cpuMicros(server.pid) - nodeStart) / accepted,
      postgresMicrosPerEvent: (cpuMicros(postgresPid) - postgresStart) / accepted,
      loadMicrosPerEvent: result.cpuMicros / accepted,
      refusals: result.refusals,
    };
  } finally {
    child.kill();
  }
}

async function tell<Answer>(child: ChildProcess, message: LoadPlan | 'go'): Promise<Answer> {
  child.send(message);
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that makes the load ended (${code}).`);
  });
  const [answer] = await Promise.race([once(child, 'message'), gone]);
  return answer;
}
