import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseEnv } from '#lib/env.ts';
import { getRunningApp } from './running-app.ts';

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

function makeDataDir(run?: {
  readonly pid: number;
  readonly url: string;
  readonly databaseUrl: string;
}): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'plimsoll-run-'));
  dirs.push(dir);
  if (run) writeFileSync(path.join(dir, 'run.json'), JSON.stringify(run));
  return dir;
}

const facts = { url: 'http://127.0.0.1:4000', databaseUrl: 'postgres://embedded/x' };
/** Linux and macOS give out no process ids as large as this. */
const pidOfNobody = 2 ** 30;

test('the app of this folder is found while it runs', () => {
  const env = parseEnv({ PLIMSOLL_DATA_DIR: makeDataDir({ ...facts, pid: process.pid }) });
  expect(getRunningApp(env)).toEqual(facts);
});

test('what a killed app left behind is not taken for it', () => {
  const env = parseEnv({ PLIMSOLL_DATA_DIR: makeDataDir({ ...facts, pid: pidOfNobody }) });
  expect(() => getRunningApp(env)).toThrow('npm start');
});

test('without one, DATABASE_URL and the configured address are taken', () => {
  const env = parseEnv({
    PLIMSOLL_DATA_DIR: makeDataDir(),
    DATABASE_URL: 'postgres://server/x',
    HOST: '::1',
    PORT: '5000',
  });
  expect(getRunningApp(env)).toEqual({ url: 'http://[::1]:5000', databaseUrl: 'postgres://server/x' });
});

test('links name the address that people use', () => {
  const env = parseEnv({
    PLIMSOLL_DATA_DIR: makeDataDir({ ...facts, pid: process.pid }),
    PLIMSOLL_PUBLIC_URL: 'https://spend.example.com',
  });
  expect(getRunningApp(env).url).toBe('https://spend.example.com');
});
