import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { openIngestDouble } from './ingest-double.ts';

const rounds = 10;
const eventsEach = 20_000;
const child = path.join(import.meta.dirname, 'tracking-child.ts');

/** An agent that is killed with SIGKILL again and again while it tracks: what was taken arrives once. */
export async function measureKill(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-kill-'));
  const ingest = await openIngestDouble();
  const spillFile = path.join(folder, 'events');
  const taken: number[] = [];
  let kills = 0;
  for (let round = 0; round < rounds; round++) {
    const first = round * eventsEach;
    const process_ = spawn(
      process.execPath,
      [
        '--conditions=react-server',
        '--import',
        'tsx',
        child,
        ingest.url,
        spillFile,
        String(first),
        String(eventsEach),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let last = first - 1;
    process_.stdout.on('data', (text: Buffer) => {
      const numbers = text
        .toString()
        .split('\n')
        .filter((line) => /^\d+$/.test(line));
      last = Math.max(last, ...numbers.map(Number));
    });
    const ended = new Promise((resolve) => process_.once('exit', resolve));
    if (round < rounds - 1) {
      while (last < first + 200 + round * 300) await pass(2);
      kills += process_.kill('SIGKILL') ? 1 : 0;
    }
    await ended;
    for (let index = first; index <= last; index++) taken.push(index);
  }
  const missing = taken.filter((index) => !ingest.ids.has(`event-${index}`)).length;
  const left = readdirSync(folder).length;
  process.stdout.write(
    `${kills} kills -9 with a spill file: ${taken.length} events were surely taken, ${missing} are missing, ${ingest.ids.size} ids arrived (${ingest.duplicates()} of them sent again under the same id, which counts once), ${left} files left\n\n`,
  );
  await ingest.close();
  rmSync(folder, { recursive: true, force: true });
}
