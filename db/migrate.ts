import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect } from './connect.ts';

/** Any number will do, as long as every replica uses the same. */
const migrationLock = 7_741_019;

/**
 * Applies what is missing. Replicas that start together wait for each other: drizzle's migrator takes no
 * lock of its own, and two at once fail on an empty database.
 */
export async function migrateDatabase(url: string, folder = path.join(process.cwd(), 'db/migrations')) {
  const sql = connect({ url, connectionsMax: 1, statementTimeoutMs: 600_000 });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(sql), { migrationsFolder: folder });
    await sql`select pg_advisory_unlock(${migrationLock})`;
  } finally {
    await sql.end({ timeout: 3 });
  }
}
