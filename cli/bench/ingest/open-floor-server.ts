import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '../../launcher/repository-root.mjs';
import type { BenchServer } from '../bench-server.ts';

/** A bare node:http server that answers what the load asks for and stores nothing: the floor of single events. */
export async function openFloorServer(): Promise<BenchServer> {
  const child = fork(join(repositoryRoot, 'cli/bench/ingest/floor-process.ts'));
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The bare server ended (${code}).`);
  });
  const [port] = await Promise.race([once(child, 'message'), gone]);
  gone.catch(() => undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    headers: { authorization: 'Bearer none' },
    pid: child.pid ?? 0,
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
