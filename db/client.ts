import 'server-only';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { type Database, openDatabase } from './database.ts';

const slot = Symbol.for('plimsoll.database');
type Holder = typeof globalThis & { [slot]?: Database };

/**
 * The process's one database. It lives on globalThis because Next compiles instrumentation and routes
 * into separate module instances.
 * @throws Error when DATABASE_URL is unset: the launcher sets it.
 */
export function database(): Database {
  const holder: Holder = globalThis;
  holder[slot] ??= openDatabase({
    url: requireUrl(),
    connectionsMax: env().PLIMSOLL_POOL_MAX,
    prepare: !env().PLIMSOLL_NO_PREPARE,
    onStatus: (status, cause) =>
      status === 'up' ? log.info('database.up') : log.warn('database.away', { cause }),
  });
  return holder[slot];
}

function requireUrl(): string {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error('DATABASE_URL is not set. Start with `npm start`.');
  return url;
}
