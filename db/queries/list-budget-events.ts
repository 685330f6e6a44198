import { toLikePattern } from '#lib/budget/budget-pattern.ts';
import type { BudgetScope } from '#lib/budget/budget-scope.ts';
import type { BudgetWindow } from '#lib/budget/budget-window.ts';
import { sourceCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type BudgetEvent = {
  readonly id: string;
  readonly ts: Date;
  readonly agent: string;
  readonly session: string | null;
  readonly model: string;
  readonly costPicoUsd: bigint;
  readonly holdId: string | null;
};

const statement = `
select coalesce(e.external_id, e.id::text) as id, e.ts::text, a.name as agent, s.external_id as session, m.name as model,
  e.cost_pico_usd::text, e.hold_id
from usage_events e
join agents a on a.project_id = $1::int and a.id = e.agent_id
join models m on m.project_id = $1::int and m.id = e.model_id
left join sessions s on s.project_id = $1::int and s.id = e.session_id
where e.project_id = $1::int and e.ts >= $2::text::timestamptz and e.ts < $3::text::timestamptz
  and ($4::text is null or a.name like $4::text) and ($5::text is null or m.name like $5::text)
  and ($6::text is null or m.provider like $6::text) and ($7::text is null or s.external_id like $7::text)
  and ($8::text is null or e.source = $8::text::int2)
order by e.ts desc, e.id desc limit $9::int`;

/** The latest calls that a budget counts in a window. */
export async function listBudgetEvents(
  db: Database,
  input: {
    readonly projectId: number;
    readonly scope: BudgetScope;
    readonly window: BudgetWindow;
    readonly limit: number;
  },
): Promise<readonly BudgetEvent[]> {
  const { scope, window } = input;
  const like = (pattern: string | undefined) => (pattern === undefined ? null : toLikePattern(pattern));
  const rows = await db.run(statement, [
    input.projectId,
    new Date(window.startMs).toISOString(),
    new Date(window.endMs).toISOString(),
    like(scope.agent),
    like(scope.model),
    like(scope.provider),
    like(scope.session),
    scope.source === undefined ? null : String(sourceCodes[scope.source]),
    input.limit,
  ]);
  return rows.map((row) => ({
    id: String(row['id']),
    ts: new Date(String(row['ts'])),
    agent: String(row['agent']),
    session: row['session'] === null ? null : String(row['session']),
    model: String(row['model']),
    costPicoUsd: BigInt(String(row['cost_pico_usd'])),
    holdId: row['hold_id'] === null ? null : String(row['hold_id']),
  }));
}
