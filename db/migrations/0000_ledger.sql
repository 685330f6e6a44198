CREATE TABLE "agents" (
	"project_id" integer NOT NULL,
	"id" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "agents_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "agents_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_key" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ts" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "audit_key" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ts" timestamp with time zone NOT NULL,
	"agent_id" integer NOT NULL,
	"external_id" text,
	"gauges" jsonb,
	CONSTRAINT "heartbeats_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "heartbeats_time" CHECK (isfinite(ts))
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"project_id" integer NOT NULL,
	"job" text NOT NULL,
	"slot" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" jsonb,
	CONSTRAINT "job_runs_key" PRIMARY KEY("project_id","job","slot")
);
--> statement-breakpoint
CREATE TABLE "login_links" (
	"project_id" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "login_links_key" PRIMARY KEY("project_id","hash")
);
--> statement-breakpoint
CREATE TABLE "login_sessions" (
	"project_id" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"method" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "login_sessions_key" PRIMARY KEY("project_id","hash")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"project_id" integer NOT NULL,
	"session_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"ts" timestamp with time zone NOT NULL,
	"cleared_at" timestamp with time zone,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"tokens" bigint NOT NULL,
	"redactions" integer DEFAULT 0 NOT NULL,
	"role" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"encoding" smallint DEFAULT 0 NOT NULL,
	"tokens_estimated" boolean NOT NULL,
	"truncated" boolean DEFAULT false NOT NULL,
	"content_hash" uuid NOT NULL,
	"external_id" text,
	"tool_name" text,
	"tool_call_id" text,
	"preview" text,
	"body" text,
	CONSTRAINT "messages_key" PRIMARY KEY("project_id","session_id","seq"),
	CONSTRAINT "messages_id" UNIQUE("project_id","session_id","id"),
	CONSTRAINT "messages_counts" CHECK (least(seq, bytes, tokens, redactions) >= 0),
	CONSTRAINT "messages_preview" CHECK (octet_length(preview) <= 8192),
	CONSTRAINT "messages_time" CHECK (isfinite(ts))
);
--> statement-breakpoint
CREATE TABLE "models" (
	"project_id" integer NOT NULL,
	"id" integer NOT NULL,
	"provider" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "models_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "models_name" UNIQUE("project_id","provider","name")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ts" timestamp with time zone NOT NULL,
	"session_id" bigint,
	"agent_id" integer NOT NULL,
	"duration_ms" integer NOT NULL,
	"kind" smallint NOT NULL,
	"status" smallint NOT NULL,
	"bytes_before" bigint,
	"bytes_after" bigint,
	"tokens_before" bigint,
	"tokens_after" bigint,
	"name" text NOT NULL,
	"external_id" text,
	"attributes" jsonb,
	CONSTRAINT "operations_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "operations_counts" CHECK (least(duration_ms, bytes_before, bytes_after, tokens_before, tokens_after) >= 0 and isfinite(ts))
);
--> statement-breakpoint
CREATE TABLE "pending_flushes" (
	"project_id" integer NOT NULL,
	"flush_id" bigint NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "pending_flushes_key" PRIMARY KEY("project_id","flush_id")
);
--> statement-breakpoint
CREATE TABLE "price_overrides" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"provider" text NOT NULL,
	"model_pattern" text NOT NULL,
	"input_rate" bigint NOT NULL,
	"cache_read_rate" bigint NOT NULL,
	"cache_write_5m_rate" bigint NOT NULL,
	"cache_write_1h_rate" bigint NOT NULL,
	"output_rate" bigint NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_overrides_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "price_overrides_sane" CHECK (least("price_overrides"."input_rate", "price_overrides"."cache_read_rate", "price_overrides"."cache_write_5m_rate", "price_overrides"."cache_write_1h_rate", "price_overrides"."output_rate") >= 0 and ("price_overrides"."valid_to" is null or "price_overrides"."valid_to" > "price_overrides"."valid_from"))
);
--> statement-breakpoint
CREATE TABLE "price_versions" (
	"project_id" integer NOT NULL,
	"id" integer NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "price_versions_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "price_versions_name" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" integer PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "projects_slug" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "rollup_corrections" (
	"project_id" integer NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"session_id" bigint,
	"agent_id" integer NOT NULL,
	"model_id" integer NOT NULL,
	"source" smallint NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"input_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_read_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_5m_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_1h_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"output_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reasoning_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"unpriced_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reported_cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reported_calls" bigint DEFAULT 0 NOT NULL,
	"compared_cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"context_max" bigint NOT NULL,
	"first_ts" timestamp with time zone NOT NULL,
	"last_ts" timestamp with time zone NOT NULL,
	"latency_lanes" numeric DEFAULT '0' NOT NULL,
	CONSTRAINT "rollup_corrections_numbers" CHECK ('NaN'::numeric not in (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, unpriced_tokens, cost_pico_usd, reported_cost_pico_usd, compared_cost_pico_usd, latency_lanes))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"project_id" integer NOT NULL,
	"id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"agent_id" integer NOT NULL,
	"messages" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"message_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"largest_message_bytes" bigint DEFAULT 0 NOT NULL,
	"compactions" bigint DEFAULT 0 NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"input_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_read_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_5m_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_1h_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"output_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reasoning_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"unpriced_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"context_high_water" bigint DEFAULT 0 NOT NULL,
	"first_activity" timestamp with time zone NOT NULL,
	"last_activity" timestamp with time zone NOT NULL,
	"last_seq" bigint DEFAULT -1 NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"cleared_through_seq" bigint DEFAULT -1 NOT NULL,
	CONSTRAINT "sessions_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "sessions_external" UNIQUE("project_id","external_id"),
	CONSTRAINT "sessions_counts" CHECK (least(messages, bytes, largest_message_bytes, compactions, context_high_water, epoch) >= 0 and last_seq >= -1 and cleared_through_seq between -1 and last_seq)
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"project_id" integer NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_key" PRIMARY KEY("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" uuid NOT NULL,
	"ts" timestamp with time zone NOT NULL,
	"session_id" bigint,
	"flush_id" bigint NOT NULL,
	"input_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_read_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_5m_tokens" bigint DEFAULT 0 NOT NULL,
	"cache_write_1h_tokens" bigint DEFAULT 0 NOT NULL,
	"output_tokens" bigint DEFAULT 0 NOT NULL,
	"reasoning_tokens" bigint DEFAULT 0 NOT NULL,
	"cost_pico_usd" bigint NOT NULL,
	"cost_reported_pico_usd" bigint,
	"request_bytes" bigint,
	"response_bytes" bigint,
	"project_id" integer NOT NULL,
	"agent_id" integer NOT NULL,
	"model_id" integer NOT NULL,
	"requested_model_id" integer,
	"price_version_id" integer,
	"latency_ms" integer,
	"ttft_ms" integer,
	"source" smallint NOT NULL,
	"status" smallint NOT NULL,
	"price_status" smallint NOT NULL,
	"external_id" text,
	"error" text,
	"hold_id" text,
	"attributes" jsonb,
	CONSTRAINT "usage_events_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "usage_events_counts" CHECK (least(input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, reasoning_tokens, cost_pico_usd, cost_reported_pico_usd, latency_ms, ttft_ms, request_bytes, response_bytes) >= 0 and output_tokens >= reasoning_tokens),
	CONSTRAINT "usage_events_time" CHECK (isfinite(ts))
);
--> statement-breakpoint
CREATE TABLE "usage_rollups" (
	"project_id" integer NOT NULL,
	"scope" smallint NOT NULL,
	"grain" smallint NOT NULL,
	"bucket" timestamp with time zone NOT NULL,
	"agent_id" integer NOT NULL,
	"model_id" integer NOT NULL,
	"source" smallint NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"input_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_read_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_5m_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cache_write_1h_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"output_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reasoning_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"unpriced_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reported_cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"reported_calls" bigint DEFAULT 0 NOT NULL,
	"compared_cost_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"latency_lanes" numeric DEFAULT '0' NOT NULL,
	CONSTRAINT "usage_rollups_key" PRIMARY KEY("project_id","scope","grain","bucket","agent_id","model_id","source"),
	CONSTRAINT "usage_rollups_numbers" CHECK ('NaN'::numeric not in (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, unpriced_tokens, cost_pico_usd, reported_cost_pico_usd, compared_cost_pico_usd, latency_lanes))
);
--> statement-breakpoint
CREATE INDEX "api_keys_by_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit" USING btree ("project_id","ts");--> statement-breakpoint
CREATE INDEX "heartbeats_by_agent" ON "heartbeats" USING btree ("project_id","agent_id","ts");--> statement-breakpoint
CREATE INDEX "heartbeats_by_time" ON "heartbeats" USING btree ("project_id","ts");--> statement-breakpoint
CREATE INDEX "login_sessions_by_hash" ON "login_sessions" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "messages_by_bytes" ON "messages" USING btree ("project_id","session_id","bytes");--> statement-breakpoint
CREATE INDEX "messages_by_time" ON "messages" USING btree ("project_id","ts") WHERE cleared_at is null;--> statement-breakpoint
CREATE INDEX "operations_by_session" ON "operations" USING btree ("project_id","session_id","ts");--> statement-breakpoint
CREATE INDEX "operations_by_time" ON "operations" USING btree ("project_id","ts");--> statement-breakpoint
CREATE INDEX "rollup_corrections_by_project" ON "rollup_corrections" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "sessions_by_bytes" ON "sessions" USING btree ("project_id","bytes","id");--> statement-breakpoint
CREATE INDEX "sessions_by_tokens" ON "sessions" USING btree ("project_id","tokens","id");--> statement-breakpoint
CREATE INDEX "sessions_by_cost" ON "sessions" USING btree ("project_id","cost_pico_usd","id");--> statement-breakpoint
CREATE INDEX "sessions_by_messages" ON "sessions" USING btree ("project_id","messages","id");--> statement-breakpoint
CREATE INDEX "sessions_by_context" ON "sessions" USING btree ("project_id","context_high_water","id");--> statement-breakpoint
CREATE INDEX "sessions_by_last_activity" ON "sessions" USING btree ("project_id","last_activity","id");--> statement-breakpoint
CREATE INDEX "usage_events_by_session" ON "usage_events" USING btree ("project_id","session_id","ts");--> statement-breakpoint
CREATE INDEX "usage_events_by_time" ON "usage_events" USING btree ("project_id","ts");--> statement-breakpoint
CREATE INDEX "usage_events_by_flush" ON "usage_events" USING btree ("project_id","flush_id");