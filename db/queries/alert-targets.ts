import { nameOfCode, targetKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

export type TargetKind = keyof typeof targetKindCodes;
export type NewTarget = {
  readonly id: string;
  readonly name: string;
  readonly kind: TargetKind;
  readonly url: string;
  readonly secret: string;
};
export const alertTargetsMax = 20;

const insertStatement = `
with put as (
  insert into alert_targets (project_id, id, name, kind, url, secret)
  select $1::int, $2::text::uuid, $3::text, $4::text::int2, $5::text, $6::text
  where (select count(*) from alert_targets where project_id = $1::int and deleted_at is null) < ${alertTargetsMax}
  returning 1
), ${auditClause({ from: 'put', firstParam: 7 })}
select 1 as done from put`;

/** @returns false when there are as many as there may be */
export async function insertAlertTarget(
  db: Database,
  input: { readonly projectId: number; readonly target: NewTarget },
  note: AuditNote,
): Promise<boolean> {
  const { id, name, kind, url, secret } = input.target;
  const params = [input.projectId, id, name, String(targetKindCodes[kind]), url, secret];
  return (await db.run(insertStatement, [...params, ...auditParams(note)])).length === 1;
}

/** Its secret goes with it, and what waits to be sent to it is given up. */
const deleteStatement = `
with put as (
  update alert_targets set deleted_at = now(), secret = ''
  where project_id = $1::int and id = $2::text::uuid and deleted_at is null returning 1
), given_up as (
  update deliveries set state = 2, last_error = 'The target was removed.'
  where project_id = $1::int and target_id = $2::text::uuid and state = 0 and exists (select 1 from put)
), ${auditClause({ from: 'put', firstParam: 3 })}
select 1 as done from put`;

/** @returns false when there is none */
export async function deleteAlertTarget(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
  note: AuditNote,
): Promise<boolean> {
  return (await db.run(deleteStatement, [input.projectId, input.id, ...auditParams(note)])).length === 1;
}

const listStatement = `
select t.id::text, t.name, t.kind, t.url, t.created_at::text, d.state, d.attempts, d.last_error,
  coalesce(d.delivered_at, d.created_at)::text as last_at
from (select * from alert_targets where project_id = $1::int and deleted_at is null) t
left join lateral (
  select * from deliveries where project_id = $1::int and target_id = t.id order by created_at desc limit 1
) d on true
order by t.created_at, t.id limit ${alertTargetsMax}`;

export type TargetRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: TargetKind;
  readonly url: string;
  readonly createdAt: Date;
  readonly last: {
    /** `failing`: tried without success and due again. */
    readonly state: 'pending' | 'delivered' | 'failing' | 'failed';
    readonly at: Date;
    readonly error: string | null;
  } | null;
};

/** All targets, the oldest first, with what became of the last message to each. */
export async function listAlertTargets(db: Database, projectId: number): Promise<readonly TargetRow[]> {
  const rows = await db.run(listStatement, [projectId]);
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    kind: nameOfCode(targetKindCodes, Number(row['kind'])),
    url: String(row['url']),
    createdAt: new Date(String(row['created_at'])),
    last:
      row['state'] === null
        ? null
        : {
            state: stateOf(Number(row['state']), row['last_error'] !== null),
            at: new Date(String(row['last_at'])),
            error: row['last_error'] === null ? null : String(row['last_error']),
          },
  }));
}

function stateOf(code: number, hasFailed: boolean): 'pending' | 'delivered' | 'failing' | 'failed' {
  if (code === 1) return 'delivered';
  if (code === 2) return 'failed';
  return hasFailed ? 'failing' : 'pending';
}

const testStatement = `
insert into deliveries (project_id, id, target_id, state, payload)
select $1::int, $2::text::uuid, id, 0, $4::text::jsonb from alert_targets
where project_id = $1::int and id = $3::text::uuid and deleted_at is null
returning 1 as done`;

/** Puts a test message into the outbox. @returns false when there is no such target */
export async function insertTestDelivery(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly targetId: string;
    readonly payload: Readonly<Record<string, unknown>>;
  },
): Promise<boolean> {
  const params = [input.projectId, input.id, input.targetId, JSON.stringify(input.payload)];
  return (await db.run(testStatement, params)).length === 1;
}
