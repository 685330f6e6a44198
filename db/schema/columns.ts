import { bigint, customType, integer, numeric, smallint, timestamp } from 'drizzle-orm/pg-core';

/** The tenant. First column of every primary key and unique index, so that the tables can be distributed by it. */
export const projectId = () => integer('project_id').notNull();

/** Counts and sizes up to 2^53-1, which the edge enforces. */
export const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);
export const countOrNull = (name: string) => bigint(name, { mode: 'number' });

/** Sums: numeric, because 1,025 events of 2^53-1 tokens would overflow a bigint and stop the compactor. */
export const sum = (name: string) => numeric(name, { precision: 38, scale: 0 }).notNull().default('0');

/** pico-USD (1e-12 USD) of one event. */
export const picoUsd = (name: string) => bigint(name, { mode: 'bigint' });

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** When a name was first seen; names that came with one statement share it. */
export const addedAt = () => instant('added_at').notNull().defaultNow();

/** A code of a closed list in lib/, never renumbered. */
export const code = (name: string) => smallint(name).notNull();

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
