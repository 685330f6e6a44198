import { numbersLiteral, parseWords, plainLiteral } from '../array-literal.ts';
import { priceStatusCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { bucketOf, deltaColumns, measureColumns } from './delta-columns.ts';
import { type Turn, turnClause } from './take-turn.ts';

export type NewPrice = {
  readonly key: string;
  /** What the price was computed from: an event that was raised meanwhile has more, and its own new price. */
  readonly tokens: bigint;
  readonly costPicoUsd: bigint;
  readonly priceStatus: keyof typeof priceStatusCodes;
  readonly priceVersionId: number | null;
};

const total = 'e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens';
const unpriced = (status: string) =>
  `case when ${status} = ${priceStatusCodes.unpriced} then tokens else 0 end`;

/** What a new price adds to each measure that is touched by it; the others stay. */
const differences: Partial<Record<(typeof measureColumns)[number], string>> = {
  unpriced_tokens: `${unpriced('new_status')} - ${unpriced('price_status')}`,
  cost_pico_usd: 'new_cost - cost_pico_usd',
  compared_cost_pico_usd: 'case when cost_reported_pico_usd is null then 0 else new_cost - cost_pico_usd end',
};
const sums = measureColumns.map((name) =>
  differences[name] === undefined ? '0' : `sum(${differences[name]})`,
);

/**
 * As in raise-usage-events.ts: only what is folded is changed, for an event that is folded just now would be
 * counted with its old cost by the fold and corrected by us, or not at all. The rows are locked in key order;
 * what the correction takes out is what the locked row says, so that sums stay exact whoever else writes.
 */
const statement = `
with ${turnClause({ name: '$7::text', owner: '$8::text' })},
wanted as (
  select * from unnest($2::text::uuid[], $3::text::int8[], $4::text::int8[], $5::text::int2[], $6::text::int4[])
    as t(id, tokens, new_cost, new_status, new_version)
  where exists (select from turn)
), old as materialized (
  select e.id, e.ts, e.session_id, e.agent_id, e.model_id, e.source, e.price_status, e.cost_pico_usd,
    e.cost_reported_pico_usd, ${total} + e.output_tokens as tokens, ${total} as context,
    exists (select 1 from pending_flushes p
      where p.project_id = $1::int and p.flush_id = e.flush_id) as is_pending
  from usage_events e where e.project_id = $1::int and e.id in (select id from wanted)
  order by e.id for update
), due as materialized (
  select o.*, w.new_cost, w.new_status, w.new_version from old o join wanted w on w.id = o.id
  where w.tokens = o.tokens and (w.new_cost <> o.cost_pico_usd or w.new_status <> o.price_status)
), changed as (
  update usage_events e
  set cost_pico_usd = d.new_cost, price_status = d.new_status, price_version_id = d.new_version
  from due d where e.project_id = $1::int and e.id = d.id and not d.is_pending
), corrected as (
  insert into rollup_corrections (project_id, ${deltaColumns})
  select $1::int, ${bucketOf('ts')}, session_id, agent_id, model_id, source, ${sums.join(', ')}, 0,
    max(context), min(ts), max(ts)
  from due where not is_pending group by 2, 3, 4, 5, 6
)
select exists (select from turn) as is_mine, array_agg(id) filter (where not is_pending)::text as changed,
  array_agg(id) filter (where is_pending)::text as pending from due`;

/**
 * Gives stored events a new cost, in the ledger and in all sums at once. @returns the keys that were changed, and
 * those that must wait until their first values are folded; `overtaken`,
 * and nothing done, when somebody else has the turn.
 */
export async function repriceUsageEvents(
  db: Database,
  { turn, prices }: { readonly turn: Turn; readonly prices: readonly NewPrice[] },
): Promise<{ readonly changed: ReadonlySet<string>; readonly pending: ReadonlySet<string> } | 'overtaken'> {
  const [row] = await db.run<{ is_mine: boolean; changed: string | null; pending: string | null }>(
    statement,
    [
      turn.projectId,
      plainLiteral(prices.map(({ key }) => key)),
      numbersLiteral(prices.map(({ tokens }) => tokens)),
      numbersLiteral(prices.map(({ costPicoUsd }) => costPicoUsd)),
      numbersLiteral(prices.map(({ priceStatus }) => priceStatusCodes[priceStatus])),
      numbersLiteral(prices.map(({ priceVersionId }) => priceVersionId)),
      turn.name,
      turn.owner,
    ],
    { deadlineMs: 30_000 },
  );
  if (row?.is_mine !== true) return 'overtaken';
  return {
    changed: new Set(parseWords(row?.changed ?? null)),
    pending: new Set(parseWords(row?.pending ?? null)),
  };
}
