import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/connect.ts';
import { startPostgres } from './postgres.mjs';
import { repositoryRoot } from './repository-root.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

// Not synced: recovery first syncs every file, which takes as long as the disk is busy with others.
const settings = { shared_buffers: '16MB', fsync: 'off' };

let folder: Awaited<ReturnType<typeof makeTemporaryFolder>>;
let dataDir: string;
let running: readonly { stop(options?: { fastMs?: number }): Promise<void> }[];

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  dataDir = join(folder.path, 'data');
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop({ fastMs: 2_000 });
  await folder.remove();
});

test('a new database is UTF-8, sorts by code point, listens on no port, and its secrets are private', async () => {
  const postgres = await start();
  const [facts] = await ask(
    postgres.url,
    `select current_database() as name, pg_encoding_to_char(encoding) as encoding, datlocprovider as provider,
       datlocale as locale, current_setting('listen_addresses') as addresses
     from pg_database where datname = current_database()`,
  );
  expect(facts).toEqual({
    name: 'plimsoll',
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    addresses: '',
  });
  expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
});

test('a postmaster that is killed is back within 2 s, under the same URL, with what was committed', async () => {
  const postgres = await start();
  await ask(postgres.url, 'create table kept as select 42 as value');
  const firstPid = postgres.pid();
  const killedAt = performance.now();
  const back = new Promise<void>((resolve) => postgres.onRestart(resolve));
  process.kill(firstPid, 'SIGKILL');
  await back;
  expect(await ask(postgres.url, 'select value from kept')).toEqual([{ value: 42 }]);
  expect(performance.now() - killedAt).toBeLessThan(2_000);
  expect(postgres.pid()).not.toBe(firstPid);
});

test('a server that a killed launcher left running is adopted', async () => {
  const orphan = await startInAKilledLauncher();
  const postgres = await start();
  expect(postgres.isAdopted).toBe(true);
  expect(postgres.pid()).toBe(orphan.pid);
  expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('an adopted server that is killed is back under the same URL', async () => {
  await startInAKilledLauncher();
  const postgres = await start();
  const back = new Promise<void>((resolve) => postgres.onRestart(resolve));
  process.kill(postgres.pid(), 'SIGKILL');
  await back;
  expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a stale pid file whose number is now a stranger of the same user does not stop the start', async () => {
  const first = await start();
  const { uid = 0, gid = 0 } = await stat(join(dataDir, 'postgres'));
  await first.stop();
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { uid, gid, cwd: '/' });
  try {
    const path = join(dataDir, 'postgres', '18', 'postmaster.pid');
    await writeFile(
      path,
      `${stranger.pid}\n${dataDir}/postgres/18\n1\n5432\n\n\n       1         1\nready   \n`,
    );
    const second = await start();
    expect(second.isAdopted).toBe(false);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  } finally {
    stranger.kill('SIGKILL');
  }
});

test('stopping shuts down in order and leaves no pid file; the next start has the same URL', async () => {
  const first = await start();
  await first.stop();
  await first.stop();
  const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toContain('database system is shut down');
  await expect(stat(join(dataDir, 'postgres', '18', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  const second = await start();
  expect(second.url).toBe(first.url);
});

test('a second launcher of the same data is refused and named the first', async () => {
  await start();
  await expect(startPostgres({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`);
});

async function start() {
  const postgres = await startPostgres({ dataDir, settings });
  running = [...running, postgres];
  return postgres;
}

/** Starts the server from another process, which is then killed as a power user would. */
async function startInAKilledLauncher(): Promise<{ pid: number }> {
  const module = join(repositoryRoot, 'cli/launcher/postgres.mjs');
  const code = `import { startPostgres } from ${JSON.stringify(module)};
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: ${JSON.stringify(settings)} });
    process.stdout.write(String(postgres.pid()));`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', code]);
  const [output] = await once(launcher.stdout, 'data');
  launcher.kill('SIGKILL');
  await once(launcher, 'exit');
  return { pid: Number(String(output)) };
}

async function ask(url: string, text: string) {
  const sql = connect({ url, connectionsMax: 1 });
  try {
    return [...(await sql.unsafe(text))].map((row) => ({ ...row }));
  } finally {
    await sql.end({ timeout: 1 });
  }
}
