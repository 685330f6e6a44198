import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { database } from '#db/client.ts';
import { asAppError } from '#db/database-error.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import { assertSafeBinding } from './auth/assert-safe-binding.ts';
import { ensureLocalKey } from './auth/ensure-local-key.ts';
import { ensureLoginLink } from './auth/ensure-login-link.ts';
import { ensurePassword } from './auth/ensure-password.ts';
import { ensureProject } from './auth/ensure-project.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { liveService } from './live/live-service.ts';
import { followPriceOverrides } from './pricing/price-overrides-of.ts';
import { setReady } from './readiness.ts';
import { readSettings } from './settings/read-settings.ts';

const doorSlot = Symbol.for('plimsoll.front-door');
type Holder = typeof globalThis & { [doorSlot]?: FrontDoor };

const retryMs = 500;

/**
 * Runs once in each process, before the first request. Requests are answered from the first moment (with
 * 503 until the database is there); a fault that waiting cannot mend ends the process, because Next would
 * go on to answer 500 for ever.
 */
export function boot(): void {
  const holder: Holder = globalThis;
  if (holder[doorSlot]) return;
  try {
    env();
  } catch (cause) {
    end(cause);
  }
  let stopJobs: () => Promise<void> = () => Promise.resolve();
  holder[doorSlot] = openFrontDoor(async () => {
    setReady(false);
    await stopJobs();
    await liveService().close();
    await database().close();
  });
  prepare().then(
    (stop) => {
      stopJobs = stop;
    },
    (cause: unknown) => {
      log.error('boot.failed', { cause });
      end(cause);
    },
  );
}

function end(cause: unknown): never {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}

async function prepare(): Promise<() => Promise<void>> {
  await migrateWhenReachable();
  const db = database();
  await ensureProject(db);
  await ensurePassword(db);
  await assertSafeBinding(db, env());
  await ensureLocalKey(db);
  await ensureLoginLink(db, Date.now());
  followPriceOverrides(db, liveService().hub);
  const stop = startJobs({
    db,
    retentionDaysOf: async (projectId) => (await readSettings(db, projectId)).retentionDays,
  });
  setReady(true);
  return stop;
}

async function migrateWhenReachable(): Promise<void> {
  const url = env().DATABASE_URL;
  if (url === undefined) throw new Error('DATABASE_URL is not set. Start with `npm start`.');
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrateDatabase(url);
    } catch (error) {
      const known = asAppError(error);
      if (!(known instanceof AppError)) throw error;
      if (attempt === 1) log.warn('boot.waiting-for-database', { cause: error });
      await pause(retryMs);
    }
  }
}
