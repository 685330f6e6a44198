import { plainLiteral } from '../array-literal.ts';
import { alertStateCodes, nameOfCode } from '../codes.ts';
import type { Database } from '../database.ts';

export type StandingAlert = {
  readonly budgetId: string;
  readonly windowStartMs: number;
  readonly rule: string;
  readonly state: 'firing' | 'recovered';
};

const statement = `
select budget_id::text, (extract(epoch from window_starts_at) * 1000)::text as starts_ms, rule, state from alerts
where project_id = $1::int and budget_id = any($2::text::uuid[]) and window_starts_at >= $3::text::timestamptz
limit 20000`;

/** What has fired in the windows and days since an instant, so that it is not tried again each time. */
export async function listStandingAlerts(
  db: Database,
  input: { readonly projectId: number; readonly budgetIds: readonly string[]; readonly since: Date },
): Promise<readonly StandingAlert[]> {
  const rows = await db.run(statement, [
    input.projectId,
    plainLiteral(input.budgetIds),
    input.since.toISOString(),
  ]);
  return rows.map((row) => ({
    budgetId: String(row['budget_id']),
    windowStartMs: Number(row['starts_ms']),
    rule: String(row['rule']),
    state: nameOfCode(alertStateCodes, Number(row['state'])),
  }));
}
