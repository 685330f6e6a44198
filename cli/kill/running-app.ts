import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type RunningApp = {
  readonly url: string;
  /** A key with the scopes ingest and read. */
  readonly key: string;
  readonly databaseUrl: string;
  /** Resident size of the server process in bytes; without Postgres and the launcher. */
  serverRssBytes(): number;
  /** SIGKILL to the postmaster only: the launcher has to notice. */
  killPostgres(): void;
  /** SIGSTOP to all of Postgres: it keeps its connections and answers nothing. */
  pausePostgres(): void;
  resumePostgres(): void;
  /** SIGKILL to the launcher, the server and the postmaster. */
  killEverything(): Promise<void>;
  stop(): Promise<void>;
};

const startMsMax = 180_000;

/** Starts the real `npm start` on a free port with a data directory of its own. */
export async function startApp(options: {
  readonly dataDir: string;
  /** A key that may do all, beside the one of `RunningApp`. */
  readonly adminKey?: string;
}): Promise<RunningApp> {
  const { dataDir, adminKey } = options;
  const port = await freePort();
  const launcher = spawn(process.execPath, ['cli/start.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      PLIMSOLL_DATA_DIR: dataDir,
      DATABASE_URL: '',
      ...(adminKey === undefined ? {} : { PLIMSOLL_ADMIN_KEY: adminKey }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  launcher.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  launcher.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const url = await waitForLine(launcher, output);
  const run: { readonly databaseUrl: string } = JSON.parse(
    readFileSync(path.join(dataDir, 'run.json'), 'utf8'),
  );
  return {
    url,
    key: readFileSync(path.join(dataDir, 'local-key'), 'utf8').trim(),
    databaseUrl: run.databaseUrl,
    serverRssBytes: () => rssOf(serverOf(launcher.pid ?? 0)),
    killPostgres: () => process.kill(postmasterPid(dataDir), 'SIGKILL'),
    pausePostgres: () => signalPostgres(dataDir, 'SIGSTOP'),
    resumePostgres: () => signalPostgres(dataDir, 'SIGCONT'),
    killEverything: async () => {
      const pids = [launcher.pid ?? 0, ...childrenOf(launcher.pid ?? 0), postmasterPid(dataDir)];
      for (const pid of new Set(pids)) signalQuietly(pid, 'SIGKILL');
      await ended(launcher);
    },
    stop: async () => {
      launcher.kill('SIGTERM');
      await ended(launcher);
    },
  };
}

async function waitForLine(launcher: ChildProcess, output: readonly string[]): Promise<string> {
  const deadline = performance.now() + startMsMax;
  while (performance.now() < deadline) {
    const url = /^ready (\S+)/m.exec(output.join(''))?.[1];
    if (url !== undefined) return url;
    if (launcher.exitCode !== null) break;
    await pause(20);
  }
  throw new Error(`The app did not start:\n${output.join('')}`);
}

function ended(process_: ChildProcess): Promise<void> {
  if (process_.exitCode !== null || process_.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => process_.once('exit', () => resolve()));
}

function serverOf(launcherPid: number): number {
  const server = childrenOf(launcherPid).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('serve.mjs'),
  );
  if (server === undefined) throw new Error('The launcher has no server.');
  return server;
}

function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

function postmasterPid(dataDir: string): number {
  const folder = path.join(dataDir, 'postgres');
  const [cluster = ''] = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return Number(readFileSync(path.join(folder, cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function signalPostgres(dataDir: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
  const postmaster = postmasterPid(dataDir);
  for (const pid of [postmaster, ...childrenOf(postmaster)]) signalQuietly(pid, signal);
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()));
    });
  });
}
