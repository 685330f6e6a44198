import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connect } from '../connect.ts';
import { openDatabase } from '../database.ts';
import type { TestDatabase } from './test-database.ts';

const partitions = 4;

/**
 * The schema as Citus would have it, without Citus: every table but the list of projects is partitioned by
 * hash of `project_id`, so that Postgres itself refuses a key or a reference that does not lead with it.
 */
export async function createTwinDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `plimsoll_twin_${randomBytes(6).toString('hex')}`;
  const server = connect({ url: serverUrl, connectionsMax: 1 });
  await server.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const sql = connect({ url: url.href, connectionsMax: 1 });
  for (const statement of twinStatements()) await sql.unsafe(statement);
  await sql.end();
  const db = openDatabase({ url: url.href, connectionsMax: 8 });
  return {
    db,
    url: url.href,
    close: async () => {
      await db.close();
      await server.unsafe(`drop database if exists ${name} with (force)`);
      await server.end({ timeout: 3 });
    },
  };
}

/** The migrations' statements, with every table partitioned. */
export function twinStatements(): readonly string[] {
  return migrationStatements().flatMap(toTwin);
}

function migrationStatements(): readonly string[] {
  const folder = path.join(process.cwd(), 'db/migrations');
  const journal: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(
    readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8'),
  );
  return journal.entries.flatMap(({ tag }) =>
    readFileSync(path.join(folder, `${tag}.sql`), 'utf8').split('--> statement-breakpoint'),
  );
}

function toTwin(statement: string): readonly string[] {
  const table = /^\s*CREATE TABLE "(\w+)"/.exec(statement)?.[1];
  if (table === undefined) {
    // Storage options belong to the partitions; they change no behaviour.
    return /SET \((?:fillfactor|autovacuum)/.test(statement) ? [] : [statement];
  }
  if (table === 'projects') return [statement];
  const parent = `${statement.trim().replace(/;\s*$/, '')} PARTITION BY HASH (project_id)`;
  const children = Array.from(
    { length: partitions },
    (_, remainder) =>
      `CREATE TABLE "${table}_${remainder}" PARTITION OF "${table}" FOR VALUES WITH (modulus ${partitions}, remainder ${remainder})`,
  );
  return [parent, ...children];
}
