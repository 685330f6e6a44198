import { toLikePattern } from '#lib/budget/budget-pattern.ts';
import type { BudgetScope } from '#lib/budget/budget-scope.ts';
import type { BudgetWindow } from '#lib/budget/budget-window.ts';
import type { CountedTokens } from '#lib/budget/counted-tokens.ts';
import { rollupScopes } from '#lib/usage/rollup-scope.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import { numbersLiteral, plainLiteral, sparseNumbersLiteral, textsLiteral } from '../array-literal.ts';
import { countedTokenBits, sourceCodes } from '../codes.ts';
import type { Param } from '../database.ts';

/** One window of one budget. Its edges are whole quarter hours, as all calendar days of all zones are. */
export type SpendSlot = {
  readonly id: string;
  readonly scope: BudgetScope;
  readonly window: BudgetWindow;
  readonly counted: readonly CountedTokens[];
};

/** Tokens by a mask of `countedTokenBits`, from the columns of an event or a rollup. */
export const tokensByBits = (row: string, bits: string) => `(
  case when ${bits} & 1 > 0 then ${row}.input_tokens else 0 end
  + case when ${bits} & 2 > 0 then ${row}.cache_read_tokens else 0 end
  + case when ${bits} & 4 > 0 then ${row}.cache_write_5m_tokens + ${row}.cache_write_1h_tokens else 0 end
  + case when ${bits} & 8 > 0 then ${row}.output_tokens else 0 end)`;

const fits = (row: string) => `(b.agents is null or ${row}.agent_id = any(b.agents))
      and (b.models is null or ${row}.model_id = any(b.models)) and (b.source is null or ${row}.source = b.source)`;
const summed = (row: string) =>
  `sum(${row}.cost_pico_usd) as cost, sum(${tokensByBits(row, 'b.bits')}) as tokens`;
const deltaSums = [
  'cost_pico_usd',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
]
  .map((name) => `sum(${name}) as ${name}`)
  .join(', ');

/**
 * CTEs that end in `ledger (slot, cost, tokens)`: what each slot's window has spent according to the ledger,
 * in the statement's one snapshot: rollups, events that are not folded yet, and corrections; for a scope with
 * a session, which no rollup knows, its events. `$1` is the project, `$2` to `$15` are `spendParams`.
 */
export const spendClauses = `
budget as materialized (
  select b.slot, b.id, b.rollup_scope, b.source, b.bits, b.from_ts, b.to_ts, b.session_like is not null as by_session,
    case when b.agent_like is not null then array(
      select a.id from agents a where a.project_id = $1::int and a.name like b.agent_like) end as agents,
    case when b.model_like is not null or b.provider_like is not null then array(
      select m.id from models m where m.project_id = $1::int
        and (b.model_like is null or m.name like b.model_like)
        and (b.provider_like is null or m.provider like b.provider_like)) end as models,
    case when b.session_like is not null then array(
      select s.id from sessions s where s.project_id = $1::int and s.external_id like b.session_like) end as sessions
  from unnest($2::text::uuid[], $3::text::int2[], $4::text::text[], $5::text::text[], $6::text::text[],
    $7::text::text[], $8::text::int2[], $9::text::int2[], $10::text::timestamptz[], $11::text::timestamptz[])
    with ordinality b (id, rollup_scope, agent_like, model_like, provider_like, session_like, source, bits, from_ts, to_ts, slot)
), tile as materialized (
  select * from unnest($12::text::int8[], $13::text::int2[], $14::text::timestamptz[], $15::text::timestamptz[])
    t (slot, grain, from_ts, to_ts)
), delta as materialized (
  select date_bin('15 minutes', ts, timestamptz '2000-01-01Z') as bucket, agent_id, model_id, source, ${deltaSums}
  from (
    select e.* from pending_flushes p cross join lateral (
      select ts, agent_id, model_id, source, cost_pico_usd, input_tokens, cache_read_tokens, cache_write_5m_tokens,
        cache_write_1h_tokens, output_tokens
      from usage_events where project_id = $1::int and flush_id = p.flush_id offset 0) e
    where p.project_id = $1::int
    union all
    select bucket, agent_id, model_id, source, cost_pico_usd, input_tokens, cache_read_tokens, cache_write_5m_tokens,
      cache_write_1h_tokens, output_tokens
    from rollup_corrections where project_id = $1::int
  ) d group by 1, 2, 3, 4
), ledger as materialized (
  select slot, coalesce(sum(cost), 0) as cost, coalesce(sum(tokens), 0) as tokens from (
    select b.slot, r.cost, r.tokens
    from tile t join budget b on b.slot = t.slot
    cross join lateral (
      select ${summed('u')} from usage_rollups u
      where u.project_id = $1::int and u.scope = b.rollup_scope and u.grain = t.grain
        and u.bucket >= t.from_ts and u.bucket < t.to_ts and ${fits('u')}) r
    union all
    select b.slot, ${summed('d')}
    from budget b join delta d on d.bucket >= b.from_ts and d.bucket < b.to_ts and ${fits('d')}
    where not b.by_session group by b.slot
    union all
    select b.slot, r.cost, r.tokens from budget b cross join lateral (
      select ${summed('e')} from usage_events e
      where e.project_id = $1::int and e.session_id = any(b.sessions) and e.ts >= b.from_ts and e.ts < b.to_ts
        and ${fits('e')}) r
    where b.by_session
  ) part group by slot
)`;

export const spendParamsCount = 14;

export function spendParams(slots: readonly SpendSlot[]): readonly Param[] {
  const like = (pattern: string | undefined) => (pattern === undefined ? null : toLikePattern(pattern));
  const tiles = slots.flatMap(({ scope, window }, index) =>
    scope.session === undefined
      ? tileRange([window.startMs, window.endMs]).map((tile) => ({ ...tile, slot: index + 1 }))
      : [],
  );
  return [
    plainLiteral(slots.map(({ id }) => id)),
    numbersLiteral(slots.map(({ scope }) => narrowestRollup(scope))),
    textsLiteral(slots.map(({ scope }) => like(scope.agent))),
    textsLiteral(slots.map(({ scope }) => like(scope.model))),
    textsLiteral(slots.map(({ scope }) => like(scope.provider))),
    textsLiteral(slots.map(({ scope }) => like(scope.session))),
    sparseNumbersLiteral(
      slots.map(({ scope }) => (scope.source === undefined ? null : sourceCodes[scope.source])),
    ),
    numbersLiteral(slots.map(({ counted }) => bitsOf(counted))),
    plainLiteral(slots.map(({ window }) => new Date(window.startMs).toISOString())),
    plainLiteral(slots.map(({ window }) => new Date(window.endMs).toISOString())),
    numbersLiteral(tiles.map(({ slot }) => slot)),
    numbersLiteral(tiles.map(({ grainMinutes }) => grainMinutes)),
    plainLiteral(tiles.map(({ fromMs }) => new Date(fromMs).toISOString())),
    plainLiteral(tiles.map(({ toMs }) => new Date(toMs).toISOString())),
  ];
}

export function bitsOf(counted: readonly CountedTokens[]): number {
  return counted.reduce((bits, bucket) => bits | countedTokenBits[bucket], 0);
}

function narrowestRollup(scope: BudgetScope): number {
  const byAgent = scope.agent !== undefined;
  const byModel = scope.model !== undefined || scope.provider !== undefined;
  const bySource = scope.source !== undefined;
  if (Number(byAgent) + Number(byModel) + Number(bySource) > 1) return rollupScopes.cube;
  if (byAgent) return rollupScopes.agent;
  if (byModel) return rollupScopes.model;
  return bySource ? rollupScopes.source : rollupScopes.project;
}
