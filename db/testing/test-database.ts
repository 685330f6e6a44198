import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type postgres from 'postgres';
import { connect } from '../connect.ts';
import { type Database, openDatabase } from '../database.ts';
import { migrateDatabase } from '../migrate.ts';

export type TestDatabase = {
  readonly db: Database;
  readonly url: string;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
};

/** Any number will do: test files run in several processes and one of them builds the template. */
const templateLock = 7_741_020;
const connectionsMax = 8;

/**
 * An empty, migrated database of its own for one test file, on the server of PLIMSOLL_TEST_DATABASE_URL.
 * Migrations run once for each version of them; after that it is a copy of about 50 ms.
 * @throws Error when the variable is unset.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = requireServerUrl();
  const template = await withServer(serverUrl, (sql) => ensureTemplate(sql, serverUrl));
  const name = `plimsoll_test_${randomBytes(6).toString('hex')}`;
  await withServer(serverUrl, (sql) => sql.unsafe(`create database ${name} template ${template}`));
  const url = urlOf(serverUrl, name);
  const db = openDatabase({ url, connectionsMax });
  return {
    db,
    url,
    close: async () => {
      await db.close();
      await withServer(serverUrl, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

function requireServerUrl(): string {
  const url = process.env['PLIMSOLL_TEST_DATABASE_URL'];
  if (url === undefined || url === '') {
    throw new Error('PLIMSOLL_TEST_DATABASE_URL is not set: `npm test` starts a server and sets it.');
  }
  return url;
}

async function withServer<T>(url: string, use: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = connect({ url, connectionsMax: 1 });
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 3 });
  }
}

/** A database that is marked as a template is whole; one without the mark was left by a killed run. */
async function ensureTemplate(sql: postgres.Sql, serverUrl: string): Promise<string> {
  const name = `plimsoll_template_${migrationsHash()}`;
  await sql`select pg_advisory_lock(${templateLock})`;
  try {
    const [found] = await sql`select datistemplate as whole from pg_database where datname = ${name}`;
    if (found?.['whole'] === true) return name;
    await sql.unsafe(`drop database if exists ${name} with (force)`);
    await sql.unsafe(`create database ${name}`);
    await migrateDatabase(urlOf(serverUrl, name));
    await sql.unsafe(`alter database ${name} is_template true`);
    return name;
  } finally {
    await sql`select pg_advisory_unlock(${templateLock})`;
  }
}

function migrationsHash(): string {
  const folder = path.join(process.cwd(), 'db/migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(readFileSync(path.join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
