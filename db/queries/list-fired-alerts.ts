import type { FiredAlert } from '#lib/budget/budget-view.ts';
import { plainLiteral } from '../array-literal.ts';
import { alertStateCodes, nameOfCode } from '../codes.ts';
import type { Database } from '../database.ts';

const statement = `
select a.id::text, a.budget_id::text, a.rule, a.state, a.fired_at::text
from unnest($2::text::uuid[], $3::text::timestamptz[], $4::text::timestamptz[]) w (id, from_ts, to_ts)
join alerts a on a.project_id = $1::int and a.budget_id = w.id and a.window_starts_at >= w.from_ts and a.window_starts_at < w.to_ts
order by a.fired_at, a.rule limit 5000`;

/** What fired in the given window of each budget, the earliest first, by budget. */
export async function listFiredAlerts(
  db: Database,
  input: {
    readonly projectId: number;
    readonly windows: readonly { readonly id: string; readonly startMs: number; readonly endMs: number }[];
  },
): Promise<ReadonlyMap<string, readonly FiredAlert[]>> {
  const { windows } = input;
  const rows = await db.run(statement, [
    input.projectId,
    plainLiteral(windows.map(({ id }) => id)),
    plainLiteral(windows.map(({ startMs }) => new Date(startMs).toISOString())),
    plainLiteral(windows.map(({ endMs }) => new Date(endMs).toISOString())),
  ]);
  const byBudget = new Map<string, FiredAlert[]>();
  for (const row of rows) {
    const fired = byBudget.get(String(row['budget_id'])) ?? [];
    byBudget.set(String(row['budget_id']), fired);
    fired.push({
      id: String(row['id']),
      rule: String(row['rule']),
      firedAt: new Date(String(row['fired_at'])).toISOString(),
      state: nameOfCode(alertStateCodes, Number(row['state'])),
    });
  }
  return byBudget;
}
