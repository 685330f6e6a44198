CREATE TABLE "agent_days" (
	"project_id" integer NOT NULL,
	"day" date NOT NULL,
	"agent_id" integer NOT NULL,
	"slots" bit(288) NOT NULL,
	CONSTRAINT "agent_days_key" PRIMARY KEY("project_id","day","agent_id")
);
--> statement-breakpoint
CREATE TABLE "call_class_rollups" (
	"project_id" integer NOT NULL,
	"grain" smallint NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"class" smallint NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"late" bigint DEFAULT 0 NOT NULL,
	"latency_lanes" numeric DEFAULT '0' NOT NULL,
	CONSTRAINT "call_class_rollups_key" PRIMARY KEY("project_id","grain","bucket","class"),
	CONSTRAINT "call_class_rollups_numbers" CHECK (latency_lanes <> 'NaN')
);
--> statement-breakpoint
CREATE TABLE "operation_rollups" (
	"project_id" integer NOT NULL,
	"grain" smallint NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"kind" smallint NOT NULL,
	"name" text NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"limited" bigint DEFAULT 0 NOT NULL,
	"cached" bigint DEFAULT 0 NOT NULL,
	"bytes_before" numeric(38, 0) DEFAULT '0' NOT NULL,
	"bytes_after" numeric(38, 0) DEFAULT '0' NOT NULL,
	"tokens_before" numeric(38, 0) DEFAULT '0' NOT NULL,
	"tokens_after" numeric(38, 0) DEFAULT '0' NOT NULL,
	"max_ms" integer NOT NULL,
	"latency_lanes" numeric DEFAULT '0' NOT NULL,
	CONSTRAINT "operation_rollups_key" PRIMARY KEY("project_id","grain","bucket","kind","name"),
	CONSTRAINT "operation_rollups_numbers" CHECK ('NaN'::numeric not in (bytes_before, bytes_after, tokens_before, tokens_after, latency_lanes))
);
--> statement-breakpoint
CREATE TABLE "pending_operations" (
	"project_id" integer NOT NULL,
	"flush_id" bigint NOT NULL,
	"operations" integer NOT NULL,
	CONSTRAINT "pending_operations_key" PRIMARY KEY("project_id","flush_id")
);
--> statement-breakpoint
DROP INDEX "operations_by_time";--> statement-breakpoint
-- 0 is a flush that was folded: by the statement below. Without a default afterwards, an older version that is
-- still running cannot store operations that nobody would add up.
ALTER TABLE "operations" ADD COLUMN "flush_id" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "flush_id" DROP DEFAULT;--> statement-breakpoint
CREATE INDEX "operations_by_flush" ON "operations" USING btree ("project_id","flush_id");--> statement-breakpoint
CREATE INDEX "operations_slow" ON "operations" USING btree ("project_id","ts","duration_ms","id") WHERE duration_ms > 5000;--> statement-breakpoint
-- What was stored before these tables were there: operations, from fine to coarse,
INSERT INTO "operation_rollups"
  SELECT project_id, 15, bucket, kind, name, sum(calls), sum(errors), sum(limited), sum(cached),
    sum(bytes_before), sum(bytes_after), sum(tokens_before), sum(tokens_after), max(max_ms),
    sum(calls * ('1e' || 12 * lane)::numeric)
  FROM (
    SELECT project_id, date_bin('15 minutes', ts, timestamptz '2000-01-01Z') AS bucket, kind, name,
      ceil(ln(greatest(duration_ms, 1)::float8) / ln(1.1::float8))::int AS lane, count(*) AS calls,
      count(*) FILTER (WHERE status = 1) AS errors,
      count(*) FILTER (WHERE kind = 0 AND attributes ->> 'outcome' = 'limited') AS limited,
      count(*) FILTER (WHERE kind = 0 AND attributes ->> 'fromCache' = 'true') AS cached,
      coalesce(sum(bytes_before) FILTER (WHERE bytes_after IS NOT NULL), 0) AS bytes_before,
      coalesce(sum(bytes_after) FILTER (WHERE bytes_before IS NOT NULL), 0) AS bytes_after,
      coalesce(sum(tokens_before) FILTER (WHERE tokens_after IS NOT NULL), 0) AS tokens_before,
      coalesce(sum(tokens_after) FILTER (WHERE tokens_before IS NOT NULL), 0) AS tokens_after,
      max(duration_ms) AS max_ms
    FROM operations GROUP BY 1, 2, 3, 4, 5) o
  GROUP BY project_id, bucket, kind, name;--> statement-breakpoint
INSERT INTO "operation_rollups"
  SELECT project_id, g.grain, date_bin(make_interval(mins => g.grain), bucket, timestamptz '2000-01-01Z'), kind, name,
    sum(calls), sum(errors), sum(limited), sum(cached), sum(bytes_before), sum(bytes_after), sum(tokens_before),
    sum(tokens_after), max(max_ms), sum(latency_lanes)
  FROM operation_rollups CROSS JOIN (VALUES (60), (1440)) g (grain)
  GROUP BY 1, 2, 3, 4, 5;--> statement-breakpoint
-- when agents were heard of,
INSERT INTO "agent_days"
  SELECT project_id, day, agent_id, bit_or(set_bit(0::bit(288), slot, 1))
  FROM (
    SELECT DISTINCT project_id, agent_id, (ts AT TIME ZONE 'UTC')::date AS day,
      floor(extract(epoch FROM (ts AT TIME ZONE 'UTC')::time) / 300)::int AS slot
    FROM heartbeats) h
  GROUP BY project_id, day, agent_id;--> statement-breakpoint
-- and the calls of flushes that are folded, by class.
INSERT INTO "call_class_rollups"
  SELECT project_id, 15, bucket, class, sum(calls), sum(late), sum(calls * ('1e' || 12 * lane)::numeric)
  FROM (
    SELECT project_id, date_bin('15 minutes', ts, timestamptz '2000-01-01Z') AS bucket, class,
      ceil(ln(greatest(latency_ms, 1)::float8) / ln(1.1::float8))::int AS lane, count(*) AS calls,
      count(*) FILTER (WHERE latency_ms > CASE class WHEN 0 THEN 5000 WHEN 1 THEN 10000 ELSE 15000 END) AS late
    FROM (
      SELECT e.project_id, e.ts, e.latency_ms, CASE
        WHEN input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens < 2000 THEN 0
        WHEN input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens < 5001 THEN 1
        ELSE 2 END AS class
      FROM usage_events e
      WHERE latency_ms IS NOT NULL AND NOT EXISTS (
        SELECT FROM pending_flushes p WHERE p.project_id = e.project_id AND p.flush_id = e.flush_id)) e
    GROUP BY 1, 2, 3, 4) c
  GROUP BY project_id, bucket, class;--> statement-breakpoint
INSERT INTO "call_class_rollups"
  SELECT project_id, g.grain, date_bin(make_interval(mins => g.grain), bucket, timestamptz '2000-01-01Z'), class,
    sum(calls), sum(late), sum(latency_lanes)
  FROM call_class_rollups CROSS JOIN (VALUES (60), (1440)) g (grain)
  GROUP BY 1, 2, 3, 4;
