import type { TokenCounts } from '#lib/budget/counted-tokens.ts';
import type { Hold } from '#lib/budget/hold.ts';
import { numbersLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';
import { holdColumns, toHold } from './hold-row.ts';

/** `release` gives back what is held; `settle` puts the true cost in its place. */
export type HoldEnd = {
  readonly id: string;
  readonly end: 'settle' | 'release';
  readonly costPicoUsd: bigint;
  /** Null when only the cost is known: what was held of tokens counts then. */
  readonly tokens: TokenCounts | null;
};

const settledTokens = `(
  select array_agg(case when w.input is null then t.tokens else
    case when t.bits & 1 > 0 then w.input else 0 end + case when t.bits & 2 > 0 then w.cache_read else 0 end
    + case when t.bits & 4 > 0 then w.cache_write else 0 end + case when t.bits & 8 > 0 then w.output else 0 end end order by t.i)
  from unnest(o.tokens, o.token_bits) with ordinality t (tokens, bits, i))`;

/**
 * Live and expired holds are settled, live ones released (past its time one expires instead); each once. Holds are locked in order of id, then
 * their windows in order of their key, as everywhere.
 */
const statement = `
with want as materialized (
  select * from unnest($2::text::text[], $3::text::int2[], $4::text::int8[], $5::text::int8[], $6::text::int8[],
    $7::text::int8[], $8::text::int8[]) w (id, state, cost, input, cache_read, cache_write, output)
), old as materialized (
  select h.* from holds h where h.project_id = $1::int and h.id = any($2::text::text[]) order by h.id for update
), done as (
  update holds h set resolved_at = clock_timestamp(),
    state = case when w.state = 2 and o.expires_at <= clock_timestamp() then 3 else w.state end,
    settled_pico_usd = case when w.state = 1 then w.cost end,
    settled_tokens = case when w.state = 1 then coalesce(${settledTokens}, '{}') end
  from old o join want w on w.id = o.id
  where h.project_id = $1::int and h.id = any($2::text::text[]) and h.id = o.id and (o.state = 0 or (o.state = 3 and w.state = 1))
  returning h.*, o.state as old_state
), effect as materialized (
  select k.budget_id, k.starts_at,
    sum(case when d.old_state = 0 then d.amount_pico_usd else 0 end) as freed,
    sum(case when d.old_state = 0 then k.tokens else 0 end) as freed_tokens,
    count(*) filter (where d.old_state = 0)::int as holds,
    sum(coalesce(d.settled_pico_usd, 0)) as settled, sum(coalesce(k.settled_tokens, 0)) as settled_tokens,
    sum(greatest(0, coalesce(d.settled_pico_usd, 0) - case when d.old_state = 0 then d.amount_pico_usd else 0 end)) as overrun
  from done d cross join lateral unnest(d.budget_ids, d.period_starts, d.tokens, d.settled_tokens)
    k (budget_id, starts_at, tokens, settled_tokens)
  group by 1, 2
), locked as materialized (
  select p.budget_id, p.starts_at from budget_periods p
  where p.project_id = $1::int and (p.budget_id, p.starts_at) in (select budget_id, starts_at from effect)
  order by 1, 2 for update
), changed as (
  update budget_periods p set held_pico_usd = p.held_pico_usd - e.freed, held_tokens = p.held_tokens - e.freed_tokens,
    live_holds = p.live_holds - e.holds, settled_pico_usd = p.settled_pico_usd + e.settled,
    settled_tokens = p.settled_tokens + e.settled_tokens, overrun_pico_usd = p.overrun_pico_usd + e.overrun
  from locked l join effect e on e.budget_id = l.budget_id and e.starts_at = l.starts_at
  where p.project_id = $1::int and p.budget_id = l.budget_id and p.starts_at = l.starts_at
)
select w.id as asked_id, h.*, d.id is not null as is_changed
from want w
left join done d on d.id = w.id
left join lateral (
  select ${holdColumns('a')} from done a where a.id = w.id
  union all
  select ${holdColumns('b')} from old b where b.id = w.id and d.id is null
) h on true`;

export type EndedHold = {
  readonly hold: Hold;
  /** False when it had ended before. */
  readonly isChanged: boolean;
};

/** Ends holds, each all at once in all of its windows. Ids within a batch are distinct. @returns by id */
export async function settleHolds(
  db: Database,
  input: { readonly projectId: number; readonly ends: readonly HoldEnd[] },
): Promise<ReadonlyMap<string, EndedHold>> {
  const { ends } = input;
  const rows = await db.run(statement, [
    input.projectId,
    textsLiteral(ends.map(({ id }) => id)),
    numbersLiteral(ends.map(({ end }) => (end === 'settle' ? 1 : 2))),
    numbersLiteral(ends.map(({ costPicoUsd }) => costPicoUsd)),
    numbersLiteral(ends.map(({ tokens }) => tokens?.input ?? null)),
    numbersLiteral(ends.map(({ tokens }) => tokens?.cacheRead ?? null)),
    numbersLiteral(ends.map(({ tokens }) => tokens?.cacheWrite ?? null)),
    numbersLiteral(ends.map(({ tokens }) => tokens?.output ?? null)),
  ]);
  return new Map(
    rows.flatMap((row) =>
      row['id'] === null
        ? []
        : [[String(row['asked_id']), { hold: toHold(row), isChanged: row['is_changed'] === true }] as const],
    ),
  );
}
