import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../launcher/repository-root.mjs';

export type BenchServer = {
  readonly url: string;
  /** With a key that may do all. */
  readonly headers: { readonly authorization: string };
  /** The process that serves, for its CPU time. */
  readonly pid: number;
  close(): Promise<void>;
};

const startWithinMs = 300_000;
const outputCharsMax = 20_000;

/**
 * Runs the app as `npm start` does, built for production, on a database that is there already.
 * @throws Error with its output when it does not get ready
 */
export async function openBenchServer(databaseUrl: string): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plimsoll-bench-app-'));
  const key = randomBytes(24).toString('base64url');
  const child = spawn(process.execPath, ['cli/start.mjs'], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      PLIMSOLL_DATA_DIR: dataDir,
      PLIMSOLL_ADMIN_KEY: key,
      PLIMSOLL_RETENTION_DAYS: '0',
      LOG_LEVEL: 'warn',
    },
  });
  const url = await untilReady(child).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  return {
    url,
    headers: { authorization: `Bearer ${key}` },
    pid: await servingPid(child.pid ?? 0),
    close: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** @returns the address that it says it serves at */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Not ready within ${startWithinMs} ms:\n${output}`));
    }, startWithinMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-outputCharsMax);
        const url = /^ready (\S+)\n/m.exec(output)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The app ended (${code}):\n${output}`));
    });
  });
}

/** The launcher's one child is the server. */
async function servingPid(launcherPid: number): Promise<number> {
  const children = await readFile(`/proc/${launcherPid}/task/${launcherPid}/children`, 'utf8');
  const [first] = children.trim().split(' ').map(Number);
  if (first === undefined || first === 0) throw new Error('The launcher runs no server.');
  return first;
}
