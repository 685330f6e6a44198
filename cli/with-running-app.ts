import { type Database, openDatabase } from '#db/database.ts';
import { env } from '#lib/env.ts';
import { getRunningApp, type RunningApp } from './running-app.ts';

/** Runs one command on the running app's database; a failure is one line and exit code 1. */
export async function withRunningApp(use: (db: Database, app: RunningApp) => Promise<void>): Promise<void> {
  try {
    const app = getRunningApp(env());
    const db = openDatabase({ url: app.databaseUrl, connectionsMax: 1, prepare: false });
    try {
      await use(db, app);
    } finally {
      await db.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
