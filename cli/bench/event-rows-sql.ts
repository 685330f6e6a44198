import { usageColumns } from '#db/queries/insert-usage-events.ts';

/** One flush of everything would make the planner expect everything in each flush. */
const rowsPerFlush = 1_000;

const hex = 'substr(hash, 1, 12)';
/** Expressions over `n` (the row's number), `hash` (its MD5) and `ts`. */
export const idExpressions = {
  uuid: `(lpad(to_hex((extract(epoch from ts) * 1000)::int8), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid`,
  text: `(${hex} || '8' || substr(hash, 13, 3) || '8' || substr(hash, 16, 15))::uuid`,
} as const;

const usual: Readonly<Record<string, string>> = {
  id: idExpressions.uuid,
  ts: 'ts',
  agent_id: '1 + (n % 20)::int',
  model_id: '1 + (hashint8(n) & 7)',
  price_version_id: '1',
  price_status: '0::int2',
  source: '(n / 7 % 5)::int2',
  status: '(n % 53 = 0)::int::int2',
  input_tokens: '(random() * 4000)::int8',
  cache_read_tokens: '1024 * (random() * 40)::int8',
  cache_write_5m_tokens: '512 * (random() * 4)::int8',
  cache_write_1h_tokens: '0::int8',
  output_tokens: '20 + (random() * 1500)::int8',
  reasoning_tokens: '0::int8',
  cost_pico_usd: '(random() * 5e10)::int8',
  latency_ms: '(100 * 600 ^ random())::int4',
  request_bytes: '4096 * (random() * 40)::int8',
  response_bytes: '200 + (random() * 6000)::int8',
  attributes: `case when n % 5 = 0 then '{"tool": "bash", "attempt": 1, "git_branch": "feature/12"}'::jsonb end`,
};

/**
 * A query that makes rows like those of `makeEvent` inside Postgres: `project_id` and
 * `flush_id` and then `usageColumns` in their order, one row every so many milliseconds.
 * @param options.from the number of the first row; `options.to` is not included
 * @param options.columns other expressions than the usual ones
 */
export function eventRowsSql(options: {
  readonly from: number;
  readonly to: number;
  readonly firstMs: number;
  readonly everyMs: number;
  readonly columns: Readonly<Record<string, string>>;
}): string {
  const values: Readonly<Record<string, string>> = { ...usual, ...options.columns };
  const columns = usageColumns.map(([name, type]) => `${values[name] ?? `null::${type}`} as ${name}`);
  return `select 1 as project_id, 1 + n / ${rowsPerFlush} as flush_id, ${columns.join(', ')}
    from (select n, md5(n::text) as hash,
        to_timestamp(${options.firstMs / 1_000}::float8 + n * ${options.everyMs / 1_000}::float8) as ts
      from generate_series(${options.from}::int8, ${options.to - 1}::int8) n) r`;
}
