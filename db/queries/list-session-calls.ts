import type { SessionCall } from '#lib/sessions/session-call.ts';
import { parseWords } from '../array-literal.ts';
import { nameOfCode, sourceCodes, statusCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { instantMicros, toMs } from './instant-micros.ts';

/**
 * A sub-agent has a context of its own: its calls say nothing of the session's, unless it is one as a whole. One row
 * with a list a column: ten thousand rows took most of the page's time to be read.
 */
const statement = `
with c as materialized (
  select ts, model_id, source, status, error, input_tokens, cache_read_tokens, cache_write_5m_tokens,
    cache_write_1h_tokens, cost_pico_usd
  from usage_events e
  where project_id = $1::int and session_id = $2::int8 and (source <> ${sourceCodes.subagent} or $4::bool)
  order by ts desc limit $3::int
), named as (
  select m.id, m.provider, m.name from models m
  where m.project_id = $1::int and m.id in (select distinct model_id from c)
)
select array_agg(${instantMicros('ts')})::text as micros, array_agg(model_id)::text as models,
  array_agg(source)::text as sources, array_agg(status)::text as statuses, array_agg(input_tokens)::text as inputs,
  array_agg(cache_read_tokens)::text as reads, array_agg(cache_write_5m_tokens)::text as writes_5m,
  array_agg(cache_write_1h_tokens)::text as writes_1h, array_agg(cost_pico_usd)::text as costs,
  (select error from c limit 1) as last_error,
  (select json_object_agg(id, json_build_array(provider, name))::text from named) as names
from c`;

type PackedRow = Readonly<Record<'last_error' | 'names' | (typeof lists)[number], string | null>>;
const lists = [
  'micros',
  'models',
  'sources',
  'statuses',
  'inputs',
  'reads',
  'writes_5m',
  'writes_1h',
  'costs',
] as const;

/** The last calls of a session, the oldest first. */
export async function listSessionCalls(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly limit: number;
    readonly withSubagents: boolean;
  },
): Promise<readonly SessionCall[]> {
  const { projectId, sessionKey, limit, withSubagents } = input;
  const [row] = await db.run<PackedRow>(statement, [projectId, sessionKey, limit, withSubagents]);
  return row === undefined ? [] : toCalls(row);
}

function toCalls(row: PackedRow): readonly SessionCall[] {
  const [micros, models, sources, statuses, inputs, reads, writes5m, writes1h, costs] = lists.map((name) =>
    parseWords(row[name]),
  );
  const names: Readonly<Record<string, readonly [string, string]>> = JSON.parse(row.names ?? '{}');
  const count = (words: readonly string[] | undefined, index: number) => Number(words?.[index]);
  return (micros ?? [])
    .map((at, index): SessionCall => {
      const [provider = '', model = ''] = names[models?.[index] ?? ''] ?? [];
      return {
        tsMs: toMs(at),
        provider,
        model,
        source: nameOfCode(sourceCodes, count(sources, index)),
        status: nameOfCode(statusCodes, count(statuses, index)),
        error: index === 0 ? row.last_error : null,
        inputTokens: count(inputs, index),
        cacheReadTokens: count(reads, index),
        cacheWrite5mTokens: count(writes5m, index),
        cacheWrite1hTokens: count(writes1h, index),
        costPicoUsd: BigInt(costs?.[index] ?? 0),
      };
    })
    .reverse();
}
