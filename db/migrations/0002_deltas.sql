-- What is to be added to the rollups: the events of flushes that are not folded yet, one row each, and the
-- corrections. `offset 0` holds the planner to one short index range a flush.
CREATE VIEW "rollup_deltas" AS
  SELECT p.project_id, date_bin('15 minutes', e.ts, timestamptz '2000-01-01Z') as bucket, e.session_id, e.agent_id, e.model_id, e.source,
    1::bigint as calls,
    (e.status = 1)::int::bigint as errors,
    e.input_tokens::numeric as input_tokens,
    e.cache_read_tokens::numeric as cache_read_tokens,
    e.cache_write_5m_tokens::numeric as cache_write_5m_tokens,
    e.cache_write_1h_tokens::numeric as cache_write_1h_tokens,
    e.output_tokens::numeric as output_tokens,
    e.reasoning_tokens::numeric as reasoning_tokens,
    (case when e.price_status = 2 then e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens + e.output_tokens else 0 end)::numeric as unpriced_tokens,
    e.cost_pico_usd::numeric as cost_pico_usd,
    coalesce(e.cost_reported_pico_usd, 0)::numeric as reported_cost_pico_usd,
    (e.cost_reported_pico_usd is not null)::int::bigint as reported_calls,
    (case when e.cost_reported_pico_usd is null then 0 else e.cost_pico_usd end)::numeric as compared_cost_pico_usd,
    case when e.latency_ms is null then 0 else ('1e' || 12 * ceil(ln(greatest(e.latency_ms, 1)::float8) / ln(1.1::float8))::int)::numeric end as latency_lanes,
    e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens as context_max,
    e.ts as first_ts, e.ts as last_ts
  FROM pending_flushes p CROSS JOIN LATERAL (
    SELECT * FROM usage_events WHERE project_id = p.project_id AND flush_id = p.flush_id OFFSET 0) e
  UNION ALL
  SELECT project_id, bucket, session_id, agent_id, model_id, source, calls, errors, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, unpriced_tokens, cost_pico_usd, reported_cost_pico_usd, reported_calls, compared_cost_pico_usd,
    latency_lanes, context_max, first_ts, last_ts
  FROM rollup_corrections;
