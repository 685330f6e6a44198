import type { Hold, HoldState } from '#lib/budget/hold.ts';
import { holdStateCodes, nameOfCode } from '../codes.ts';
import type { Database } from '../database.ts';
import { holdColumns, toHold } from './hold-row.ts';

export type HoldGroup = {
  readonly state: HoldState;
  readonly count: number;
  readonly amountPicoUsd: bigint;
  /** What those of the group cost that have no usage event yet. */
  readonly withoutEventPicoUsd: bigint;
  /** The latest ones, at most 20. */
  readonly holds: readonly Hold[];
};

/** Past its time a live hold is expired, also where nobody has written that down yet. */
const statement = `
with mine as (
  select h.*, k.starts_at, case when h.state = 0 and h.expires_at <= clock_timestamp() then 3 else h.state end as now_state
  from holds h cross join lateral unnest(h.budget_ids, h.period_starts) k (budget_id, starts_at)
  where h.project_id = $1::int and k.budget_id = $2::text::uuid and k.starts_at = $3::text::timestamptz
    and h.created_at >= $3::text::timestamptz - interval '1 hour' and h.created_at < $4::text::timestamptz + interval '1 hour'
), numbered as (
  select m.*, row_number() over (partition by now_state order by created_at desc, id) as n,
    count(*) over (partition by now_state) as group_count,
    sum(amount_pico_usd) over (partition by now_state) as group_amount,
    sum(case when usage_event_id is null then coalesce(settled_pico_usd, 0) else 0 end) over (partition by now_state) as group_settled
  from mine m
)
select ${holdColumns('r')}, now_state, group_count::int, group_amount::text, group_settled::text
from numbered r where n <= 20 order by now_state, n`;

/** The holds of one window of a budget by what became of them. */
export async function listHolds(
  db: Database,
  input: { readonly projectId: number; readonly budgetId: string; readonly from: Date; readonly to: Date },
): Promise<readonly HoldGroup[]> {
  const rows = await db.run(statement, [
    input.projectId,
    input.budgetId,
    input.from.toISOString(),
    input.to.toISOString(),
  ]);
  const groups = new Map<HoldState, HoldGroup & { holds: Hold[] }>();
  for (const row of rows) {
    const state = nameOfCode(holdStateCodes, Number(row['now_state']));
    const group = groups.get(state) ?? {
      state,
      count: Number(row['group_count']),
      amountPicoUsd: BigInt(String(row['group_amount'])),
      withoutEventPicoUsd: BigInt(String(row['group_settled'])),
      holds: [],
    };
    group.holds.push({ ...toHold(row), state });
    groups.set(state, group);
  }
  return [...groups.values()];
}
