import type { BudgetWindow } from '#lib/budget/budget-window.ts';
import { plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

const statement = `
insert into budget_periods (project_id, budget_id, starts_at, ends_at)
select $1::int, w.* from unnest($2::text::uuid[], $3::text::timestamptz[], $4::text::timestamptz[]) w (id, from_ts, to_ts)
order by 2, 3 on conflict (project_id, budget_id, starts_at) do update set ends_at = excluded.ends_at
where budget_periods.ends_at < excluded.ends_at`;

/**
 * Makes the rows that admissions lock, before the first admission in a window. A shorter window of before a change
 * of the period may begin with it: they share a row, as long as the longer one.
 */
export async function ensureBudgetPeriods(
  db: Database,
  input: {
    readonly projectId: number;
    readonly slots: readonly { readonly id: string; readonly window: BudgetWindow }[];
  },
): Promise<void> {
  const { slots } = input;
  await db.run(statement, [
    input.projectId,
    plainLiteral(slots.map(({ id }) => id)),
    plainLiteral(slots.map(({ window }) => new Date(window.startMs).toISOString())),
    plainLiteral(slots.map(({ window }) => new Date(window.endMs).toISOString())),
  ]);
}
