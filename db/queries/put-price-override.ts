import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';
import type { PriceOverrideRow } from './list-price-overrides.ts';

/** A project has at most this many; matching a model looks at all of them. */
export const priceOverridesMax = 1_000;

const columns =
  'provider, model_pattern, input_rate, cache_read_rate, cache_write_5m_rate, cache_write_1h_rate, output_rate, valid_from, valid_to';
const values = `$3::text, $4::text, $5::text::int8, $6::text::int8, $7::text::int8, $8::text::int8, $9::text::int8,
    $10::text::timestamptz, $11::text::timestamptz`;

const insertion = `
with put as (
  insert into price_overrides (project_id, id, ${columns})
  select $1::int, $2::text::uuid, ${values}
  where (select count(*) from price_overrides where project_id = $1::int) < ${priceOverridesMax}
  returning created_at
), ${auditClause({ from: 'put', firstParam: 12 })}
select created_at from put`;

const change = `
with put as (
  update price_overrides set (${columns}) = row(${values})
  where project_id = $1::int and id = $2::text::uuid
  returning created_at
), ${auditClause({ from: 'put', firstParam: 12 })}
select created_at from put`;

/** @returns when it was made; null when there are `priceOverridesMax` already. */
export async function insertPriceOverride(
  db: Database,
  row: Omit<PriceOverrideRow, 'createdAt'>,
  note: AuditNote,
): Promise<{ readonly createdAt: Date } | null> {
  return put(db, { statement: insertion, row, note });
}

/** @returns when it was made; null when there is none of this id. */
export async function updatePriceOverride(
  db: Database,
  row: Omit<PriceOverrideRow, 'createdAt'>,
  note: AuditNote,
): Promise<{ readonly createdAt: Date } | null> {
  return put(db, { statement: change, row, note });
}

async function put(
  db: Database,
  {
    statement,
    row,
    note,
  }: {
    readonly statement: string;
    readonly row: Omit<PriceOverrideRow, 'createdAt'>;
    readonly note: AuditNote;
  },
): Promise<{ readonly createdAt: Date } | null> {
  const [done] = await db.run(statement, [
    row.projectId,
    row.id,
    row.provider,
    row.modelPattern,
    row.inputRate.toString(),
    row.cacheReadRate.toString(),
    row.cacheWrite5mRate.toString(),
    row.cacheWrite1hRate.toString(),
    row.outputRate.toString(),
    row.validFrom.toISOString(),
    row.validTo?.toISOString() ?? null,
    ...auditParams(note),
  ]);
  return done ? { createdAt: new Date(String(done['created_at'])) } : null;
}
