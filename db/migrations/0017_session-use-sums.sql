ALTER TABLE "session_uses" ADD COLUMN "calls" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "session_uses" ADD COLUMN "tokens" numeric(38, 0) DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "session_uses" ADD COLUMN "cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL;--> statement-breakpoint
-- Without defaults afterwards, an older version that is still running cannot fold what it would not add here.
ALTER TABLE "session_uses" ALTER COLUMN "calls" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "session_uses" ALTER COLUMN "tokens" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "session_uses" ALTER COLUMN "cost_pico_usd" DROP DEFAULT;--> statement-breakpoint
-- What was folded before: the events of flushes that are not pending, less the corrections that wait, which their
-- events already show. The columns' lock lets no fold happen meanwhile.
UPDATE "session_uses" u SET "calls" = d.calls, "tokens" = d.tokens, "cost_pico_usd" = d.cost
  FROM (
    SELECT project_id, session_id, model_id, source, sum(calls) AS calls, sum(tokens) AS tokens, sum(cost) AS cost
    FROM (
      SELECT e.project_id, e.session_id, e.model_id, e.source, count(*) AS calls,
        sum(e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens + e.output_tokens) AS tokens,
        sum(e.cost_pico_usd) AS cost
      FROM usage_events e
      WHERE e.session_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM pending_flushes p WHERE p.project_id = e.project_id AND p.flush_id = e.flush_id)
      GROUP BY 1, 2, 3, 4
      UNION ALL
      SELECT project_id, session_id, model_id, source, -calls,
        -(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens),
        -cost_pico_usd
      FROM rollup_corrections WHERE session_id IS NOT NULL
    ) parts GROUP BY 1, 2, 3, 4
  ) d
  WHERE u.project_id = d.project_id AND u.session_id = d.session_id AND u.model_id = d.model_id AND u.source = d.source;
