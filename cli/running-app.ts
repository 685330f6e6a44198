import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Env } from '#lib/env.ts';

/** What the launcher writes for other commands: cli/launcher/run-file.mjs. */
const runFile = z.object({ pid: z.int().positive(), url: z.string(), databaseUrl: z.string() });

export type RunningApp = { readonly url: string; readonly databaseUrl: string };

/**
 * The running app of this data directory, else the one of DATABASE_URL.
 * @throws Error that says what to do when there is neither.
 */
export function getRunningApp(env: Env): RunningApp {
  const app = findRunningApp(env);
  if (app !== null) return app;
  throw new Error('Plimsoll is not running here. Start it with `npm start`, then run this again.');
}

/** As `getRunningApp`, null when there is neither. */
export function findRunningApp(env: Env): RunningApp | null {
  const running = findRunFile(path.join(env.PLIMSOLL_DATA_DIR, 'run.json'));
  if (running !== null) return { ...running, url: env.PLIMSOLL_PUBLIC_URL ?? running.url };
  if (env.DATABASE_URL !== undefined) {
    const host = env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST;
    return { url: env.PLIMSOLL_PUBLIC_URL ?? `http://${host}:${env.PORT}`, databaseUrl: env.DATABASE_URL };
  }
  return null;
}

function findRunFile(file: string): RunningApp | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Not started from this folder, or never.
    return null;
  }
  const { pid, url, databaseUrl } = runFile.parse(JSON.parse(text));
  return isAlive(pid) ? { url, databaseUrl } : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
