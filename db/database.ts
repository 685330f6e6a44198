import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { AppError } from '#lib/errors.ts';
import { type ConnectOptions, connect } from './connect.ts';
import { asAppError } from './database-error.ts';
import { watchDatabase } from './database-watch.ts';
import * as tables from './schema/tables.ts';

export type Orm = PostgresJsDatabase<typeof tables>;
export type Param = string | number | bigint | boolean | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

/** What every query in db/queries takes. Nothing here runs longer than its deadline. */
export type Database = {
  /** Runs one hand-written statement. @throws AppError `database_unavailable` */
  run<R extends Row>(text: string, params?: readonly Param[], options?: RunOptions): Promise<readonly R[]>;
  /** Runs one drizzle query. @throws AppError `database_unavailable` */
  ask<T>(query: (orm: Orm) => Promise<T>, options?: RunOptions): Promise<T>;
  /** False from the moment the server stopped answering until it answers again. */
  isUp(): boolean;
  close(): Promise<void>;
};

export type RunOptions = {
  /** Default 10,000. Past it the statement is given up and the caller told that the database is away. */
  readonly deadlineMs?: number;
};

export type OpenOptions = ConnectOptions & {
  readonly onStatus?: (status: 'up' | 'away', cause?: unknown) => void;
};

const deadlineMsDefault = 10_000;

/**
 * Opens the database with a deadline on everything. Transactions are single statements throughout,
 * because postgres.js 3.4.9 can wedge in `sql.begin` when the server is killed, and the whole pool is
 * replaced when the server stops answering (docs/decisions/0003-postgres-driver.md).
 */
export function openDatabase(options: OpenOptions): Database {
  let pool = openPool(options);
  let up = true;
  const pending = new Set<(error: AppError) => void>();

  const watch = watchDatabase({
    options,
    isNeeded: () => pending.size > 0 || !up,
    onAway: (cause) => {
      if (!up) return;
      up = false;
      options.onStatus?.('away', cause);
      const retired = pool;
      pool = openPool(options);
      for (const reject of [...pending]) reject(unavailable(cause));
      retired.sql.end({ timeout: 0 }).catch(() => undefined);
    },
    onUp: () => {
      if (up) return;
      up = true;
      options.onStatus?.('up');
    },
  });

  async function within<T>(deadlineMs: number, start: () => Promise<T>): Promise<T> {
    if (!up) throw unavailable();
    const { promise, reject } = withRejecter<T>();
    const timer = setTimeout(
      () => reject(unavailable(new Error(`No answer within ${deadlineMs} ms`))),
      deadlineMs,
    );
    pending.add(reject);
    watch.wake();
    try {
      return await Promise.race([start(), promise]);
    } catch (error) {
      throw asAppError(error);
    } finally {
      clearTimeout(timer);
      pending.delete(reject);
    }
  }

  return {
    run: <R extends Row>(text: string, params: readonly Param[] = [], runOptions: RunOptions = {}) =>
      within(runOptions.deadlineMs ?? deadlineMsDefault, async () => {
        const rows = await pool.sql.unsafe(text, [...params] as never[], {
          prepare: options.prepare ?? true,
        });
        return rows as unknown as readonly R[];
      }),
    ask: (query, runOptions = {}) =>
      within(runOptions.deadlineMs ?? deadlineMsDefault, () => query(pool.orm)),
    isUp: () => up,
    close: async () => {
      watch.stop();
      await pool.sql.end({ timeout: 3 });
    },
  };
}

function openPool(options: ConnectOptions): { readonly sql: postgres.Sql; readonly orm: Orm } {
  const sql = connect(options);
  return { sql, orm: drizzle(sql, { schema: tables }) };
}

function withRejecter<T>(): { promise: Promise<T>; reject: (error: AppError) => void } {
  let reject: (error: AppError) => void = () => undefined;
  const promise = new Promise<T>((_, refuse) => {
    reject = refuse;
  });
  promise.catch(() => undefined);
  return { promise, reject };
}

function unavailable(cause?: unknown): AppError {
  return new AppError('database_unavailable', 'The database does not answer. Nothing was lost: try again.', {
    cause,
    retryAfterSeconds: 1,
  });
}
