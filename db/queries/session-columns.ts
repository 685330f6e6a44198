import type { Row } from '../database.ts';

/** A session's totals, with what is not folded yet already added. Money in pico-USD. */
export type SessionTotals = {
  readonly key: number;
  readonly id: string;
  readonly agent: string;
  readonly messages: number;
  readonly bytes: number;
  readonly messageTokens: bigint;
  readonly largestMessageBytes: number;
  readonly compactions: number;
  readonly calls: number;
  readonly errors: number;
  readonly inputTokens: bigint;
  readonly cacheReadTokens: bigint;
  readonly cacheWrite5mTokens: bigint;
  readonly cacheWrite1hTokens: bigint;
  readonly outputTokens: bigint;
  readonly reasoningTokens: bigint;
  readonly unpricedTokens: bigint;
  readonly tokens: bigint;
  readonly costPicoUsd: bigint;
  readonly contextHighWater: number;
  /** Context of the last call that sent one, and what answered it; null before the first. */
  readonly lastContext: number | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly firstActivity: Date;
  readonly lastActivity: Date;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
};

/** Totals that the compactor folds from the deltas into the session row. */
const foldedSums = [
  'calls',
  'errors',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
  'reasoning_tokens',
  'unpriced_tokens',
  'cost_pico_usd',
] as const;

const own = `id, external_id, agent_id, messages, bytes, message_tokens, largest_message_bytes, compactions,
  last_seq, epoch, cleared_through_seq`;

/** Deltas of a project's sessions that are not folded yet; `$1` is the project. */
export const freshDeltas = (where = 'session_id is not null') => `
  select session_id, ${foldedSums.map((name) => `sum(${name}) as ${name}`).join(', ')},
    sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens) as tokens,
    max(context_max) as context_max, min(first_ts) as first_ts, max(last_ts) as last_ts
  from rollup_deltas where project_id = $1::int and ${where} group by session_id`;

/** A session row as it stands. */
export const plainSession = `${own}, ${foldedSums.join(', ')}, tokens, context_high_water, first_activity, last_activity`;

/** A session row `s` with its deltas `d` (which may be absent) added. */
export const addedSession = `s.${own.replaceAll(/,\s+/g, ', s.')},
  ${foldedSums.map((name) => `s.${name} + coalesce(d.${name}, 0) as ${name}`).join(', ')},
  s.tokens + coalesce(d.tokens, 0) as tokens,
  greatest(s.context_high_water, d.context_max) as context_high_water,
  least(s.first_activity, d.first_ts) as first_activity, greatest(s.last_activity, d.last_ts) as last_activity`;

/** Names and the last call that sent a context (a failed one may send none), joined to at most a page of sessions `p`. */
export const sessionJoins = `
  join agents a on a.project_id = $1::int and a.id = p.agent_id
  left join lateral (
    select e.model_id, e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens as context
    from usage_events e where e.project_id = $1::int and e.session_id = p.id
      and e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens > 0
    order by e.ts desc limit 1
  ) l on true
  left join lateral (
    select e.model_id from usage_events e where e.project_id = $1::int and e.session_id = p.id and l.model_id is null
    order by e.ts desc limit 1
  ) failed on true
  left join models m on m.project_id = $1::int and m.id = coalesce(l.model_id, failed.model_id)`;

export const sessionSelect =
  'p.*, a.name as agent, l.context::text as last_context, m.provider, m.name as model';

export function toSessionTotals(row: Row): SessionTotals {
  const number = (name: string) => Number(row[name]);
  const big = (name: string) => BigInt(String(row[name]));
  const text = (name: string) => (typeof row[name] === 'string' ? String(row[name]) : null);
  return {
    key: number('id'),
    id: String(row['external_id']),
    agent: String(row['agent']),
    messages: number('messages'),
    bytes: number('bytes'),
    messageTokens: big('message_tokens'),
    largestMessageBytes: number('largest_message_bytes'),
    compactions: number('compactions'),
    calls: number('calls'),
    errors: number('errors'),
    inputTokens: big('input_tokens'),
    cacheReadTokens: big('cache_read_tokens'),
    cacheWrite5mTokens: big('cache_write_5m_tokens'),
    cacheWrite1hTokens: big('cache_write_1h_tokens'),
    outputTokens: big('output_tokens'),
    reasoningTokens: big('reasoning_tokens'),
    unpricedTokens: big('unpriced_tokens'),
    tokens: big('tokens'),
    costPicoUsd: big('cost_pico_usd'),
    contextHighWater: number('context_high_water'),
    lastContext: row['last_context'] === null ? null : number('last_context'),
    provider: text('provider'),
    model: text('model'),
    firstActivity: new Date(String(row['first_activity'])),
    lastActivity: new Date(String(row['last_activity'])),
    lastSeq: number('last_seq'),
    epoch: number('epoch'),
    clearedThroughSeq: number('cleared_through_seq'),
  };
}
