import { setTimeout as pass } from 'node:timers/promises';
import { ToolRunner } from '#lib/agent/index.ts';
import { quantile } from '../quantile.ts';
import { timeRuns } from './time-runs.ts';

/** Three independent tools of 200 ms each, and two that share a resource. */
export async function measureTools(): Promise<void> {
  const order: string[] = [];
  const runner = new ToolRunner({
    tools: {
      look: { run: () => pass(200), safe: true },
      write: {
        resources: () => ['a file'],
        run: async (input) => {
          order.push(`${String(input)} begins`);
          await pass(200);
          order.push(`${String(input)} ends`);
        },
      },
    },
  });
  const looks = ['1', '2', '3'].map((id) => ({ id, name: 'look', input: id }));
  const times = await timeRuns(() => runner.runAll(looks), { warm: 1, rounds: 10 });
  const startedMs = performance.now();
  await runner.runAll(['first', 'second'].map((input, index) => ({ id: `${index}`, name: 'write', input })));
  const inOrderMs = performance.now() - startedMs;
  runner.close();
  process.stdout.write(
    `Three safe tools of 200 ms: ${quantile(times, 0.5).toFixed(0)} ms (largest of 10: ${Math.max(...times).toFixed(0)}). Two that share a file: ${inOrderMs.toFixed(0)} ms, ${order.join(', ')}\n\n`,
  );
}
