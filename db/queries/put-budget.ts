import type { Budget } from '#lib/budget/budget.ts';
import { budgetPeriodCodes, sourceCodes } from '../codes.ts';
import type { Database, Param } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';
import { bitsOf } from './budget-spend.ts';
import { budgetsMax } from './list-budgets.ts';

const columns = [
  ['name', 'text'],
  ['agent', 'text'],
  ['model', 'text'],
  ['provider', 'text'],
  ['session', 'text'],
  ['source', 'int2'],
  ['limit_pico_usd', 'int8'],
  ['limit_tokens', 'int8'],
  ['count_tokens', 'int2'],
  ['period', 'int2'],
  ['time_zone', 'text'],
  ['week_start', 'int2'],
  ['anchor_day', 'int2'],
  ['from_ts', 'timestamptz'],
  ['to_ts', 'timestamptz'],
  ['thresholds', 'jsonb'],
  ['rules', 'jsonb'],
  ['hard', 'bool'],
  ['fails_open', 'bool'],
  ['paused', 'bool'],
] as const;
const names = columns.map(([name]) => name);
const values = columns.map(([, type], index) => `$${index + 3}::text::${type}`);
const noteParam = columns.length + 3;

const insertStatement = `
with put as (
  insert into budgets (project_id, id, ${names.join(', ')}) select $1::int, $2::text::uuid, ${values.join(', ')}
  where (select count(*) from budgets where project_id = $1::int and deleted_at is null) < ${budgetsMax}
  returning 1
), ${auditClause({ from: 'put', firstParam: noteParam })}
select 1 as done from put`;

const updateStatement = `
with put as (
  update budgets set revision = revision + 1, ${names.map((name, index) => `${name} = ${values[index]}`).join(', ')}
  where project_id = $1::int and id = $2::text::uuid and deleted_at is null
  returning 1
), ${auditClause({ from: 'put', firstParam: noteParam })}
select 1 as done from put`;

const deleteStatement = `
with put as (
  update budgets set revision = revision + 1, deleted_at = now()
  where project_id = $1::int and id = $2::text::uuid and deleted_at is null
  returning 1
), ${auditClause({ from: 'put', firstParam: 3 })}
select 1 as done from put`;

type Input = { readonly projectId: number; readonly budget: Budget };

/** @returns false when the project has as many budgets as it may. */
export async function insertBudget(db: Database, input: Input, note: AuditNote): Promise<boolean> {
  return (await db.run(insertStatement, [...params(input), ...auditParams(note)])).length === 1;
}

/** Replaces all of it. @returns false when there is none. */
export async function updateBudget(db: Database, input: Input, note: AuditNote): Promise<boolean> {
  return (await db.run(updateStatement, [...params(input), ...auditParams(note)])).length === 1;
}

/** Its windows, holds and alerts stay as the record of what was. @returns false when there is none. */
export async function deleteBudget(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
  note: AuditNote,
): Promise<boolean> {
  return (await db.run(deleteStatement, [input.projectId, input.id, ...auditParams(note)])).length === 1;
}

function params({ projectId, budget }: Input): readonly Param[] {
  const { scope, calendar } = budget;
  const span = calendar.period === 'span' ? calendar : null;
  return [
    projectId,
    budget.id,
    budget.name,
    scope.agent ?? null,
    scope.model ?? null,
    scope.provider ?? null,
    scope.session ?? null,
    scope.source === undefined ? null : String(sourceCodes[scope.source]),
    budget.limitPicoUsd === null ? null : String(budget.limitPicoUsd),
    budget.limitTokens === null ? null : String(budget.limitTokens),
    String(bitsOf(budget.countTokens)),
    String(budgetPeriodCodes[calendar.period]),
    calendar.timeZone,
    String(calendar.period === 'week' ? calendar.weekStart : 1),
    String(calendar.period === 'month' ? calendar.anchorDay : 1),
    span && new Date(span.fromMs).toISOString(),
    span && new Date(span.toMs).toISOString(),
    JSON.stringify(budget.thresholds),
    JSON.stringify(budget.rules),
    String(budget.hard),
    String(budget.whenUnavailable === 'open'),
    String(budget.paused),
  ];
}
