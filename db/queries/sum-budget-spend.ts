import type { Database } from '../database.ts';
import { type SpendSlot, spendClauses, spendParams } from './budget-spend.ts';

/** What is committed against a window, money in pico-USD. */
export type BudgetUse = {
  /** Cost and tokens of the window's events in the ledger. */
  readonly ledgerPicoUsd: bigint;
  readonly ledgerTokens: bigint;
  /** Settled by a call of ours, their usage events not in the ledger yet. */
  readonly settledPicoUsd: bigint;
  readonly settledTokens: bigint;
  /** Live holds that are not past their time. */
  readonly heldPicoUsd: bigint;
  readonly heldTokens: bigint;
  readonly liveHolds: number;
  readonly overrunPicoUsd: bigint;
};

const statement = `
with ${spendClauses},
due as materialized (
  select k.budget_id, k.starts_at, sum(h.amount_pico_usd) as amount, sum(k.tokens) as tokens, count(*) as holds
  from holds h cross join lateral unnest(h.budget_ids, h.period_starts, h.tokens) k (budget_id, starts_at, tokens)
  where h.project_id = $1::int and h.state = 0 and h.expires_at <= statement_timestamp() group by 1, 2
)
select l.cost::text as ledger_cost, l.tokens::text as ledger_tokens,
  coalesce(p.settled_cost, 0)::text as settled_cost, coalesce(p.settled_tokens, 0)::text as settled_tokens,
  coalesce(p.held_cost, 0)::text as held_cost, coalesce(p.held_tokens, 0)::text as held_tokens,
  coalesce(p.live_holds, 0)::int as live_holds, coalesce(p.overrun, 0)::text as overrun
from budget b
left join ledger l on l.slot = b.slot
left join lateral (
  select sum(q.settled_pico_usd) as settled_cost, sum(q.settled_tokens) as settled_tokens,
    sum(q.held_pico_usd - coalesce(d.amount, 0)) as held_cost, sum(q.held_tokens - coalesce(d.tokens, 0)) as held_tokens,
    sum(q.live_holds - coalesce(d.holds, 0)) as live_holds,
    sum(q.overrun_pico_usd) filter (where q.starts_at = b.from_ts) as overrun
  from budget_periods q left join due d on d.budget_id = q.budget_id and d.starts_at = q.starts_at
  where q.project_id = $1::int and q.budget_id = b.id and q.starts_at < b.to_ts and q.ends_at > b.from_ts
  having bool_or(q.starts_at = b.from_ts)
) p on true
order by b.slot`;

/**
 * The use of each slot, in their order, exact the moment an event or a hold was acknowledged. What is held and
 * settled in other windows of a budget that overlap, which only a change of its period makes, counts as well.
 */
export async function sumBudgetSpend(
  db: Database,
  input: { readonly projectId: number; readonly slots: readonly SpendSlot[] },
): Promise<readonly BudgetUse[]> {
  if (input.slots.length === 0) return [];
  const rows = await db.run(statement, [input.projectId, ...spendParams(input.slots)]);
  const amount = (value: unknown) => BigInt(String(value ?? 0));
  return rows.map((row) => ({
    ledgerPicoUsd: amount(row['ledger_cost']),
    ledgerTokens: amount(row['ledger_tokens']),
    settledPicoUsd: amount(row['settled_cost']),
    settledTokens: amount(row['settled_tokens']),
    heldPicoUsd: amount(row['held_cost']),
    heldTokens: amount(row['held_tokens']),
    liveHolds: Number(row['live_holds']),
    overrunPicoUsd: amount(row['overrun']),
  }));
}
