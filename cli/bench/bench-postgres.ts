import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../launcher/postgres.mjs';

export type BenchPostgres = {
  readonly url: string;
  readonly pid: number;
  /** Another one after each kill, from which the server comes back. */
  currentPid(): number;
  /** Stops the server and removes its data. Safe to call twice. */
  close(): Promise<void>;
};

/**
 * Starts an embedded Postgres of its own, with the settings that users get, in a new folder for temporary
 * files. It is removed again also when the benchmark is interrupted.
 */
export async function openBenchPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-bench-'));
  // Root lends Postgres another account, which must be able to pass through here.
  await chmod(folder, 0o711);
  const server = await startPostgres({ dataDir: join(folder, 'data') });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= server.stop().then(() => rm(folder, { recursive: true, force: true }));
    return closed;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void close().finally(() => process.exit(1)));
  }
  return { url: server.url, pid: server.pid(), currentPid: () => server.pid(), close };
}
