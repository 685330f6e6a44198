import type { Hold } from '#lib/budget/hold.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { numbersLiteral, textsLiteral } from '../array-literal.ts';
import { sourceCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { type SpendSlot, spendClauses, spendParams } from './budget-spend.ts';
import { expiredClause, heldByWindow } from './hold-clauses.ts';
import { holdColumns, toHold } from './hold-row.ts';

/** The window of a hard budget that is asked. */
export type HoldSlot = SpendSlot & {
  readonly limitPicoUsd: bigint | null;
  readonly limitTokens: number | null;
};

export type HoldAsk = {
  readonly id: string;
  readonly agent: string;
  readonly session: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: Source;
  readonly amountPicoUsd: bigint;
  readonly ttlSeconds: number;
  readonly asked: string;
  /** The slots that must have room, and the tokens that each would count. */
  readonly parts: readonly { readonly slot: number; readonly tokens: number }[];
};

export type HoldOutcome =
  | { readonly outcome: 'held'; readonly hold: Hold }
  /** There is one of that id already. */
  | { readonly outcome: 'known'; readonly hold: Hold }
  | {
      readonly outcome: 'refused';
      /** Index of the first slot without room. */
      readonly slot: number;
      readonly spentPicoUsd: bigint;
      readonly heldPicoUsd: bigint;
      readonly spentTokens: bigint;
      readonly heldTokens: bigint;
    }
  /** Another process took the id in this moment. */
  | { readonly outcome: 'raced' };

/**
 * `stale`: the budgets have changed since they were read. `unprepared`: a window has no row yet. Nothing was
 * done then.
 */
export type Admission = 'stale' | 'unprepared' | readonly HoldOutcome[];

/**
 * One statement decides a whole batch, hold after hold, each all or none.
 *
 * A statement's snapshot is older than the rows that it waited to lock. What a window has used is therefore
 * put together so that nothing can slip through between the two: the ledger as of the snapshot, the window's
 * counters as of the lock, and the growth of `moved` between them, which is what events of holds brought into
 * the ledger meanwhile while they took their hold away from the counters.
 */
const statement = `
with recursive ${spendClauses},
fresh as materialized (
  select coalesce(sum(revision), 0) = $16::text::numeric as yes from budgets where project_id = $1::int
), limits as materialized (
  select * from unnest($17::text::numeric[], $18::text::numeric[]) with ordinality l (cost, tokens, slot)
), seen as materialized (
  select b.slot, p.moved_pico_usd, p.moved_tokens from budget b
  join budget_periods p on p.project_id = $1::int and p.budget_id = b.id and p.starts_at = b.from_ts
), part as materialized (
  select n, array_agg(slot) as slots, array_agg(tokens) as tokens
  from unnest($19::text::int8[], $20::text::int8[], $21::text::int8[]) p (n, slot, tokens) group by n
), want as materialized (
  select w.*, coalesce(p.slots, '{}') as slots, coalesce(p.tokens, '{}') as tokens, k.id is not null as is_known
  from unnest($22::text::text[], $23::text::text[], $24::text::text[], $25::text::text[], $26::text::text[],
    $27::text::int2[], $28::text::int8[], $29::text::int4[], $30::text::text[]) with ordinality
    w (id, agent, session, provider, model, source, amount, ttl, asked, n)
  left join part p on p.n = w.n
  left join lateral (select id from holds where project_id = $1::int and id = w.id offset 0) k on true
), ${expiredClause(1_000)},
locked as materialized (
  select p.* from budget_periods p
  where p.project_id = $1::int and (p.budget_id, p.starts_at) in (
    select id, from_ts from budget union all select budget_id, starts_at from freed)
  order by p.budget_id, p.starts_at for update
), used as materialized (
  select b.slot, b.id, b.from_ts,
    l.cost + k.settled_pico_usd + k.moved_pico_usd - coalesce(s.moved_pico_usd, 0) as spent,
    l.tokens + k.settled_tokens + k.moved_tokens - coalesce(s.moved_tokens, 0) as spent_tokens,
    k.held_pico_usd - coalesce(f.cost, 0) as held, k.held_tokens - coalesce(f.tokens, 0) as held_tokens
  from budget b
  join locked k on k.budget_id = b.id and k.starts_at = b.from_ts
  join ledger l on l.slot = b.slot
  left join seen s on s.slot = b.slot
  left join freed f on f.budget_id = b.id and f.starts_at = b.from_ts
), room as materialized (
  select (select yes from fresh) as is_fresh, (select count(*) from used) = (select count(*) from budget) as is_ready,
    array(select x.cost - u.spent - u.held from limits x join used u on u.slot = x.slot order by x.slot) as cost,
    array(select x.tokens - u.spent_tokens - u.held_tokens from limits x join used u on u.slot = x.slot order by x.slot) as tokens
), decide (n, cost, tokens, is_admitted, slot) as (
  select 0::int8, cost, tokens, false, null::int8 from room where is_fresh and is_ready
  union all
  select w.n,
    case when v.fits then array(
      select c - case when i = any(w.slots) then w.amount else 0 end from unnest(d.cost) with ordinality a (c, i) order by i)
      else d.cost end,
    case when v.fits then array(
      select t - coalesce(w.tokens[array_position(w.slots, i)], 0) from unnest(d.tokens) with ordinality a (t, i) order by i)
      else d.tokens end,
    v.fits, case when w.is_known then null else v.slot end
  from decide d join want w on w.n = d.n + 1
  cross join lateral (
    select not w.is_known and count(*) filter (where x.is_full) = 0 as fits, min(x.slot) filter (where x.is_full) as slot
    from (select q.slot, coalesce(d.cost[q.slot] < w.amount, false) or coalesce(d.tokens[q.slot] < q.tokens, false) as is_full
      from unnest(w.slots, w.tokens) q (slot, tokens)) x
  ) v
), inserted as (
  insert into holds (project_id, id, state, agent, session, provider, model, source, amount_pico_usd, asked, expires_at,
    budget_ids, period_starts, tokens, token_bits)
  select $1::int, w.id, 0, w.agent, w.session, w.provider, w.model, w.source, w.amount, w.asked,
    clock_timestamp() + make_interval(secs => w.ttl),
    array(select b.id from unnest(w.slots) with ordinality q (slot, i) join budget b on b.slot = q.slot order by i),
    array(select b.from_ts from unnest(w.slots) with ordinality q (slot, i) join budget b on b.slot = q.slot order by i),
    w.tokens,
    array(select b.bits from unnest(w.slots) with ordinality q (slot, i) join budget b on b.slot = q.slot order by i)
  from decide d join want w on w.n = d.n where d.is_admitted order by w.id
  on conflict do nothing
  returning *
), added as materialized (${heldByWindow('inserted')}),
changed as (
  update budget_periods p set
    held_pico_usd = p.held_pico_usd + coalesce(a.cost, 0) - coalesce(f.cost, 0),
    held_tokens = p.held_tokens + coalesce(a.tokens, 0) - coalesce(f.tokens, 0),
    live_holds = p.live_holds + coalesce(a.holds, 0) - coalesce(f.holds, 0),
    admitted_pico_usd = case when a.cost is null then p.admitted_pico_usd when x.cost is null then 0 else u.spent + u.held + a.cost end,
    admitted_limit_pico_usd = case when a.cost is null then p.admitted_limit_pico_usd else coalesce(x.cost, 0) end,
    admitted_tokens = case when a.cost is null then p.admitted_tokens when x.tokens is null then 0 else u.spent_tokens + u.held_tokens + a.tokens end,
    admitted_limit_tokens = case when a.cost is null then p.admitted_limit_tokens else coalesce(x.tokens, 0) end
  from locked k
  left join freed f on f.budget_id = k.budget_id and f.starts_at = k.starts_at
  left join added a on a.budget_id = k.budget_id and a.starts_at = k.starts_at
  left join used u on u.id = k.budget_id and u.from_ts = k.starts_at
  left join limits x on x.slot = u.slot
  where p.project_id = $1::int and p.budget_id = k.budget_id and p.starts_at = k.starts_at
    and (a.cost is not null or f.cost is not null)
)
select r.is_fresh, r.is_ready, d.is_admitted, w.is_known, d.slot::int - 1 as slot, h.*,
  u.spent::text, u.spent_tokens::text,
  (x.cost - d.cost[d.slot] - u.spent)::text as held, (x.tokens - d.tokens[d.slot] - u.spent_tokens)::text as held_tokens
from room r
left join want w on true
left join decide d on d.n = w.n
left join used u on u.slot = d.slot
left join limits x on x.slot = d.slot
left join lateral (
  select ${holdColumns('i')} from inserted i where i.id = w.id
  union all
  select ${holdColumns('k')} from (
    select * from holds where project_id = $1::int and id = w.id and w.is_known offset 0) k
) h on true
order by w.n`;

/**
 * Reserves each hold in all of its slots or in none, in their order. What is compared is everything that is
 * committed: settled spend, events that are not folded yet, and live holds. Ids within a batch are distinct.
 * `revision` is that of the list of budgets from which the slots were made.
 */
export async function admitHolds(
  db: Database,
  input: {
    readonly projectId: number;
    readonly revision: string;
    readonly slots: readonly HoldSlot[];
    readonly asks: readonly HoldAsk[];
  },
): Promise<Admission> {
  const { slots, asks } = input;
  const parts = asks.flatMap((ask, index) => ask.parts.map((part) => ({ ...part, n: index + 1 })));
  const rows = await db.run(statement, [
    input.projectId,
    ...spendParams(slots),
    input.revision,
    numbersLiteral(slots.map(({ limitPicoUsd }) => limitPicoUsd)),
    numbersLiteral(slots.map(({ limitTokens }) => limitTokens)),
    numbersLiteral(parts.map(({ n }) => n)),
    numbersLiteral(parts.map(({ slot }) => slot + 1)),
    numbersLiteral(parts.map(({ tokens }) => tokens)),
    textsLiteral(asks.map(({ id }) => id)),
    textsLiteral(asks.map(({ agent }) => agent)),
    textsLiteral(asks.map(({ session }) => session)),
    textsLiteral(asks.map(({ provider }) => provider)),
    textsLiteral(asks.map(({ model }) => model)),
    numbersLiteral(asks.map(({ source }) => sourceCodes[source])),
    numbersLiteral(asks.map(({ amountPicoUsd }) => amountPicoUsd)),
    numbersLiteral(asks.map(({ ttlSeconds }) => ttlSeconds)),
    textsLiteral(asks.map(({ asked }) => asked)),
  ]);
  const [first] = rows;
  if (first?.['is_fresh'] !== true) return 'stale';
  if (first['is_ready'] !== true) return 'unprepared';
  return rows.map((row) => {
    if (row['is_known'] === true) return { outcome: 'known', hold: toHold(row) };
    if (row['is_admitted'] === true) {
      return row['id'] === null ? { outcome: 'raced' } : { outcome: 'held', hold: toHold(row) };
    }
    return {
      outcome: 'refused',
      slot: Number(row['slot']),
      spentPicoUsd: BigInt(String(row['spent'])),
      heldPicoUsd: BigInt(String(row['held'] ?? 0)),
      spentTokens: BigInt(String(row['spent_tokens'])),
      heldTokens: BigInt(String(row['held_tokens'] ?? 0)),
    };
  });
}
