import { type Database, openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { env } from '#lib/env.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';
import { startPostgres } from './launcher/postgres.mjs';
import { findRunningApp } from './running-app.ts';

type Opened = {
  readonly db: Database;
  /** The app's address; null while it does not run. */
  readonly url: string | null;
};

const connectionsMax = 4;

/**
 * Runs one command on the app's database: that of the running app, else that of DATABASE_URL, else the embedded
 * one, which is then started for as long as it takes. A failure is one line and exit code 1.
 */
export async function withDatabase(use: (opened: Opened) => Promise<void>): Promise<void> {
  try {
    const app = findRunningApp(env());
    if (app !== null) return await runOn(app.databaseUrl, (db) => use({ db, url: app.url }));
    const postgres = await startPostgres({ dataDir: env().PLIMSOLL_DATA_DIR });
    try {
      await runOn(postgres.url, (db) => use({ db, url: null }));
    } finally {
      await postgres.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function runOn(url: string, use: (db: Database) => Promise<void>): Promise<void> {
  await migrateDatabase(url);
  const db = openDatabase({ url, connectionsMax, prepare: false });
  try {
    await ensureProject(db);
    await use(db);
  } finally {
    await db.close();
  }
}
