import type { OperationKind } from '#lib/operations/operation-event.ts';
import type { UsageStatus } from '#lib/usage/usage-event.ts';
import {
  numbersLiteral,
  parseWords,
  plainLiteral,
  sparseNumbersLiteral,
  sparseTextsLiteral,
  textsLiteral,
} from '../array-literal.ts';
import { operationKindCodes, statusCodes } from '../codes.ts';
import type { Database, Param } from '../database.ts';
import { withFlushId } from './with-flush-id.ts';

export type OperationRow = {
  readonly key: string;
  readonly externalId: string | null;
  readonly ts: string;
  readonly sessionId: number | null;
  readonly agentId: number;
  readonly name: string;
  readonly kind: OperationKind;
  readonly status: UsageStatus;
  readonly durationMs: number;
  readonly bytesBefore: number | null;
  readonly bytesAfter: number | null;
  readonly tokensBefore: number | null;
  readonly tokensAfter: number | null;
  /** JSON text. */
  readonly attributes: string | null;
};

const columns = [
  ['id', 'uuid', (rows) => plainLiteral(rows.map((row) => row.key))],
  ['ts', 'timestamptz', (rows) => plainLiteral(rows.map((row) => row.ts))],
  ['session_id', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.sessionId))],
  ['agent_id', 'int4', (rows) => numbersLiteral(rows.map((row) => row.agentId))],
  ['duration_ms', 'int4', (rows) => numbersLiteral(rows.map((row) => row.durationMs))],
  ['kind', 'int2', (rows) => numbersLiteral(rows.map((row) => operationKindCodes[row.kind]))],
  ['status', 'int2', (rows) => numbersLiteral(rows.map((row) => statusCodes[row.status]))],
  ['bytes_before', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.bytesBefore))],
  ['bytes_after', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.bytesAfter))],
  ['tokens_before', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.tokensBefore))],
  ['tokens_after', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.tokensAfter))],
  ['name', 'text', (rows) => textsLiteral(rows.map((row) => row.name))],
  ['external_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.externalId))],
  ['attributes', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.attributes))],
] as const satisfies readonly (readonly [string, string, (rows: readonly OperationRow[]) => string])[];

const names = columns.map(([name]) => name).join(', ');

const firstColumnParam = 3;

/**
 * Inserts and, if any row was new, notes the flush as not folded yet: one statement, so that what is read is
 * exact at any instant.
 */
const statement = `
with ins as (
  insert into operations (project_id, flush_id, ${names})
  select $1::int, $2::int8, ${names.replace(/attributes$/, 'attributes::jsonb')}
  from unnest(${columns.map(([, type], index) => `$${index + firstColumnParam}::text::${type}[]`).join(', ')}) as t(${names})
  on conflict (project_id, id) do nothing returning id
), pending as (
  insert into pending_operations (project_id, flush_id, operations)
  select $1::int, $2::int8, count(*) from ins having count(*) > 0
)
select array_agg(id)::text as keys from ins`;

/** Stores operations with distinct keys, sorted by them. @returns the keys that were new. */
export async function insertOperations(
  db: Database,
  input: {
    readonly projectId: number;
    /** Another id each time; one that a replica took is not used, and the next is asked for. */
    readonly nextFlushId: () => number;
    readonly rows: readonly OperationRow[];
  },
): Promise<ReadonlySet<string>> {
  const values = columns.map(([, , write]) => write(input.rows));
  return withFlushId(input.nextFlushId, async (flushId) => {
    const params: Param[] = [input.projectId, flushId, ...values];
    const [row] = await db.run<{ keys: string | null }>(statement, params);
    return new Set(parseWords(row?.keys ?? null));
  });
}

const findStatement = `
select id::text, session_id, agent_id, name, kind, status, duration_ms, bytes_before, bytes_after,
  tokens_before, tokens_after, attributes
from operations where project_id = $1::int and id = any($2::text::uuid[])`;

/** Stored operations in a form that compares with what was sent: see `operationFingerprint`. */
export async function findOperations(
  db: Database,
  input: { readonly projectId: number; readonly keys: readonly string[] },
): Promise<readonly { readonly key: string; readonly values: readonly unknown[] }[]> {
  const rows = await db.run(findStatement, [input.projectId, plainLiteral(input.keys)]);
  return rows.map((row) => ({
    key: String(row['id']),
    values: [
      ...['session_id', 'agent_id'].map((name) => numberOrNull(row[name])),
      row['name'],
      ...[
        'kind',
        'status',
        'duration_ms',
        'bytes_before',
        'bytes_after',
        'tokens_before',
        'tokens_after',
      ].map((name) => numberOrNull(row[name])),
      row['attributes'],
    ],
  }));
}

/** The same values, in the same order, of a row that was sent. */
export function operationValues(row: OperationRow): readonly unknown[] {
  return [
    row.sessionId,
    row.agentId,
    row.name,
    operationKindCodes[row.kind],
    statusCodes[row.status],
    row.durationMs,
    row.bytesBefore,
    row.bytesAfter,
    row.tokensBefore,
    row.tokensAfter,
    row.attributes === null ? null : JSON.parse(row.attributes),
  ];
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
