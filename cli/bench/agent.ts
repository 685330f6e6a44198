import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureContext } from './agent/measure-context.ts';
import { measureKill } from './agent/measure-kill.ts';
import { measureReplay } from './agent/measure-replay.ts';
import { measureResponse } from './agent/measure-response.ts';
import { measureSemaphores } from './agent/measure-semaphores.ts';
import { measureState } from './agent/measure-state.ts';
import { measureTools } from './agent/measure-tools.ts';
import { measureTrack } from './agent/measure-track.ts';

/**
 * What the agent toolkit costs and holds: pruning beside LangChain and the AI SDK, tracking with the server
 * up, down and killed, bounded state, tools, and recorded sessions. `--only context,track` runs a part.
 */
const parts = {
  context: measureContext,
  response: measureResponse,
  track: measureTrack,
  kill: measureKill,
  state: measureState,
  tools: measureTools,
  semaphores: measureSemaphores,
  replay: measureReplay,
} as const;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const asked = values.only?.split(',') ?? Object.keys(parts);
const [cpu] = cpus();
process.stdout.write(
  `${cpus().length} x ${cpu?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load average ${loadavg()[0]?.toFixed(1)}\n\n`,
);
for (const [name, measure] of Object.entries(parts)) if (asked.includes(name)) await measure();
