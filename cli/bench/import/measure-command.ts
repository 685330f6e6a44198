import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export type Measured = {
  readonly seconds: number;
  /** Largest sum of what the processes of the command held at once at their worst; null where /proc is missing. */
  readonly peakMegabytes: number | null;
  readonly output: string;
};

const everyMs = 20;

/** Runs a command to its end. @throws Error with its last words when it fails. */
export async function measureCommand(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): Promise<Measured> {
  const [program, ...args] = command;
  const startedMs = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let words = '';
  child.stdout.on('data', (piece) => {
    output += String(piece);
  });
  child.stderr.on('data', (piece) => {
    words = (words + String(piece)).slice(-2_000);
  });
  const ended = once(child, 'exit');
  const peak = watchMemory(child.pid ?? 0, ended);
  const [code] = await ended;
  const seconds = (performance.now() - startedMs) / 1_000;
  if (code !== 0) throw new Error(words.trim() || `ended with ${String(code)}`);
  return { seconds, peakMegabytes: await peak, output };
}

async function watchMemory(pid: number, ended: Promise<unknown>): Promise<number | null> {
  const highs = new Map<number, number>();
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    for (const each of await treeOf(pid))
      highs.set(each, Math.max(highs.get(each) ?? 0, await highWater(each)));
    await Promise.race([pause(everyMs), over]);
  }
  const kilobytes = [...highs.values()].reduce((sum, high) => sum + high, 0);
  return kilobytes === 0 ? null : kilobytes / 1_024;
}

async function treeOf(pid: number): Promise<readonly number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  const children = lists
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
  const below = await Promise.all(children.map(treeOf));
  return [pid, ...below.flat()];
}

async function highWater(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1] ?? 0);
}
