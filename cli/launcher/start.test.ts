import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePort } from './choose-port.mjs';
import { processIdentity } from './process-identity.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
let dataDir: string;
let started: readonly App[];

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  dataDir = join(folder.path, 'data');
  started = [];
});

afterEach(async () => {
  for (const app of started) await killAll(await app.processes());
  await folder.remove();
});

test('a taken port ends the start with 1 and one line that names it and how to choose another', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const launcher = run('node', ['cli/start.mjs'], port);
  expect(await launcher.ended).toBe(1);
  expect(launcher.output().trim()).toBe(
    `Port ${port} on 127.0.0.1 is already in use. Choose another: PORT=${port + 1} npm start`,
  );
  other.close();
});

test('a wrong configuration ends the start with 1 and says which variable, at once', async () => {
  const port = await choosePort({ host: '127.0.0.1', port: '0' });
  const launcher = run('node', ['cli/start.mjs'], port, { PLIMSOLL_RETENTION_DAYS: 'a month' });
  expect(await launcher.ended).toBe(1);
  expect(launcher.output()).toContain('The configuration is wrong:\n  PLIMSOLL_RETENTION_DAYS: ');
});

test('npm start prints its address, a login link, and a curl line that stores one event', async () => {
  const app = await startApp();
  expect(app.output()).toMatch(new RegExp(`^ready ${app.url}$`, 'm'));
  expect(app.output()).toMatch(new RegExp(`${app.url}/login#token=[A-Za-z0-9_-]{43}$`, 'm'));
  expect(await pasteCurlLine(app)).toMatchObject({ accepted: 1 });
  expect(await pasteCurlLine(app)).toMatchObject({ accepted: 0, duplicates: 1 });
  for (const name of ['run.json', 'local-key', 'postgres-password']) {
    expect((await stat(join(dataDir, name))).mode & 0o777, name).toBe(0o600);
  }
});

test('SIGTERM to npm ends every process within 10 s, also with a half-sent request open', async () => {
  const app = await startApp();
  const processes = await app.processes();
  expect(processes.length).toBeGreaterThanOrEqual(3);
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(app.url).port) });
  const key = await readFile(join(dataDir, 'local-key'), 'utf8');
  socket.on('error', () => {});
  socket.write('POST /api/ingest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n');
  socket.write(`Authorization: Bearer ${key.trim()}\r\nContent-Length: 1000\r\n\r\n{"events":[`);
  await sleep(200);
  const askedAt = performance.now();
  app.child.kill('SIGTERM');
  await untilGone(processes);
  expect(performance.now() - askedAt).toBeLessThan(10_000);
  expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  socket.destroy();
});

test('an open event stream hears of an event, and does not hold up the end', async () => {
  const app = await startApp();
  const processes = await app.processes();
  const key = (await readFile(join(dataDir, 'local-key'), 'utf8')).trim();
  const stranger = await fetch(`${app.url}/api/live`);
  expect(stranger.status).toBe(401);
  const stream = await fetch(`${app.url}/api/live`, { headers: { Authorization: `Bearer ${key}` } });
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = readEvents(stream);
  expect(await events.next()).toMatchObject({ value: { sessions: [] } });
  await pasteCurlLine(app);
  expect(await events.next()).toMatchObject({ value: { topics: ['usage'], sessions: [] } });
  const askedAt = performance.now();
  app.child.kill('SIGTERM');
  expect(await events.next()).toMatchObject({ done: true });
  expect(performance.now() - askedAt).toBeLessThan(900);
  await untilGone(processes);
});

test('kill -9 of npm alone, whose output nobody reads any more, ends everything in order', async () => {
  const app = await startApp();
  const processes = await app.processes();
  app.child.stdout?.destroy();
  app.child.stderr?.destroy();
  app.child.kill('SIGKILL');
  await untilGone(processes);
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
});

test('after kill -9 of everything the next start recovers, with what was stored before', async () => {
  const first = await startApp();
  expect(await pasteCurlLine(first)).toMatchObject({ accepted: 1 });
  await killAll(await first.processes());
  const second = await startApp();
  expect(await pasteCurlLine(first, second.url)).toMatchObject({ accepted: 0, duplicates: 1 });
});

test('a launcher that is killed takes its server along, and the next start adopts the database', async () => {
  const first = await startApp();
  const { pid } = await readRunFile();
  const server = (await first.processes()).filter(isServer);
  expect(server).toHaveLength(1);
  process.kill(pid, 'SIGKILL');
  await untilGone(server);
  const second = await startApp();
  expect((await fetch(`${second.url}/api/health/ready`)).status).toBe(200);
});

test('a server that dies is started again, and the used login link does not come back', async () => {
  const app = await startApp();
  const [, token = ''] = /#token=(\S+)/.exec(app.output()) ?? [];
  expect((await logIn(app.url, token)).ok).toBe(true);
  await killAll((await app.processes()).filter(isServer));
  await untilReady(app.url);
  expect((await logIn(app.url, token)).ok).toBe(false);
});

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

const isServer = ({ command }: Process) => command.includes('serve.mjs');

type Run = {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
};

type App = Run & { readonly url: string; processes(): Promise<readonly Process[]> };

function run(
  program: string,
  args: readonly string[],
  port: number,
  more: Readonly<Record<string, string>> = {},
): Run {
  const child = spawn(program, args, {
    cwd: repositoryRoot,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '',
      DATABASE_URL: '',
      PLIMSOLL_DATA_DIR: dataDir,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, output: () => text };
}

async function startApp(): Promise<App> {
  const port = await choosePort({ host: '127.0.0.1', port: '0' });
  const npm = run('npm', ['start'], port);
  const app = {
    ...npm,
    url: `http://127.0.0.1:${port}`,
    processes: async () => listProcesses(npm.child.pid ?? 0),
  };
  started = [...started, app];
  while (!app.output().includes('Ctrl-C stops it.')) {
    if (npm.child.exitCode !== null) throw new Error(`npm start ended:\n${app.output()}`);
    await sleep(25);
  }
  return app;
}

/** Everything that one start runs: its descendants, and whoever has a file of its data directory as its own. */
async function listProcesses(root: number): Promise<readonly Process[]> {
  const all = await listAll();
  const own = new Set([root]);
  // Again until nothing is added: the numbers wrap around, so a child may have a smaller one than its parent.
  for (let before = 0; before !== own.size; ) {
    before = own.size;
    for (const { pid, parent, command } of all) {
      if (own.has(parent) || command.includes(dataDir)) own.add(pid);
    }
  }
  return all.filter(({ pid }) => own.has(pid));
}

async function listAll(): Promise<readonly Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      try {
        const text = await readFile(`/proc/${name}/stat`, 'utf8');
        const [, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
        const command = (await readFile(`/proc/${name}/cmdline`, 'utf8')).replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while it was read.
        return [];
      }
    }),
  );
  return found.flat();
}

async function killAll(processes: readonly Process[]): Promise<void> {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  await untilGone(processes);
}

async function untilGone(processes: readonly Process[]): Promise<void> {
  while (processes.some(({ pid }) => processIdentity(pid) !== null)) await sleep(25);
}

async function untilReady(url: string): Promise<void> {
  const isReady = async () => (await fetch(`${url}/api/health/ready`)).ok;
  while (!(await isReady().catch(() => false))) await sleep(50);
}

async function readRunFile(): Promise<{ readonly pid: number }> {
  return JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8'));
}

/** Runs the printed line through a shell, as a person would, or does the same where there is no curl. */
/** The data of each event of a stream. */
async function* readEvents(response: Response): AsyncGenerator<unknown, void> {
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, data] = /^data: (.*)$/m.exec(block) ?? [];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}

async function pasteCurlLine(app: App, url = app.url): Promise<unknown> {
  const line = /^curl .*$/m.exec(app.output())?.[0].replace(app.url, url) ?? '';
  const shell = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'ignore'] });
  let answer = '';
  shell.stdout.on('data', (part: Buffer) => {
    answer += part.toString();
  });
  const code = await new Promise((resolve) => shell.once('close', resolve));
  if (code !== 127) return JSON.parse(answer);
  const [, key = ''] = /Bearer (\S+?)'/.exec(line) ?? [];
  const [, body = ''] = /-d '(.*)'$/.exec(line) ?? [];
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return (await fetch(`${url}/api/ingest`, { method: 'POST', headers, body })).json();
}

function logIn(url: string, token: string): Promise<Response> {
  return fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', origin: url },
    body: JSON.stringify({ token }),
  });
}
