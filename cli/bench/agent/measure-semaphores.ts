import { setTimeout as pass } from 'node:timers/promises';
import { SessionSemaphores } from '#lib/agent/index.ts';

const sessions = 1_000;
const runsEach = 5;
const runMs = 20;

/** 1,000 sessions at once, five runs each: no wait between sessions, order within one. */
export async function measureSemaphores(): Promise<void> {
  const semaphores = new SessionSemaphores();
  const order = new Map<string, number[]>();
  const firstWaits: number[] = [];
  let runningMax = 0;
  let running = 0;
  const startedMs = performance.now();
  const all: Promise<void>[] = [];
  for (let run = 0; run < runsEach; run++) {
    for (let session = 0; session < sessions; session++) {
      const name = `session ${session}`;
      all.push(
        semaphores.run(name, async () => {
          if (run === 0) firstWaits.push(performance.now() - startedMs);
          running++;
          runningMax = Math.max(runningMax, running);
          order.set(name, [...(order.get(name) ?? []), run]);
          await pass(runMs);
          running--;
        }),
      );
    }
  }
  await Promise.all(all);
  const totalMs = performance.now() - startedMs;
  const disordered = [...order.values()].filter((runs) => runs.some((run, index) => run !== index)).length;
  semaphores.close();
  process.stdout.write(
    `${sessions} sessions, ${runsEach} runs of ${runMs} ms each: ${runningMax} at once, the last session began after ${Math.max(...firstWaits).toFixed(0)} ms, all done in ${totalMs.toFixed(0)} ms (at least ${runsEach * runMs}), ${disordered} sessions out of order\n\n`,
  );
}
