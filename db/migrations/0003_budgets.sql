CREATE TABLE "alert_targets" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" smallint NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "alert_targets_key" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"window_starts_at" timestamp with time zone NOT NULL,
	"rule" text NOT NULL,
	"state" smallint NOT NULL,
	"fired_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recovered_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"spent_pico_usd" bigint NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "alerts_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "alerts_once" UNIQUE("project_id","budget_id","window_starts_at","rule")
);
--> statement-breakpoint
CREATE TABLE "budget_periods" (
	"project_id" integer NOT NULL,
	"budget_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"held_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"held_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"live_holds" integer DEFAULT 0 NOT NULL,
	"settled_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"settled_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"moved_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"moved_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"overrun_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"admitted_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"admitted_limit_pico_usd" numeric(38, 0) DEFAULT '0' NOT NULL,
	"admitted_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	"admitted_limit_tokens" numeric(38, 0) DEFAULT '0' NOT NULL,
	CONSTRAINT "budget_periods_key" PRIMARY KEY("project_id","budget_id","starts_at"),
	CONSTRAINT "budget_periods_within_limit" CHECK (admitted_pico_usd <= admitted_limit_pico_usd and admitted_tokens <= admitted_limit_tokens),
	CONSTRAINT "budget_periods_sane" CHECK (least(held_pico_usd, held_tokens, live_holds, settled_pico_usd, settled_tokens, overrun_pico_usd) >= 0 and starts_at < ends_at)
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"agent" text,
	"model" text,
	"provider" text,
	"session" text,
	"source" smallint,
	"limit_pico_usd" bigint,
	"limit_tokens" bigint,
	"count_tokens" smallint NOT NULL,
	"period" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"week_start" smallint NOT NULL,
	"anchor_day" smallint NOT NULL,
	"from_ts" timestamp with time zone,
	"to_ts" timestamp with time zone,
	"thresholds" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"hard" boolean NOT NULL,
	"fails_open" boolean NOT NULL,
	"paused" boolean NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "budgets_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "budgets_sane" CHECK ((limit_pico_usd > 0 or limit_tokens > 0) and coalesce(limit_pico_usd, 1) > 0 and coalesce(limit_tokens, 1) > 0 and ((from_ts is null and to_ts is null) or from_ts < to_ts))
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"alert_id" uuid,
	"target_id" uuid NOT NULL,
	"state" smallint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "deliveries_key" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"project_id" integer NOT NULL,
	"id" text NOT NULL,
	"state" smallint NOT NULL,
	"agent" text NOT NULL,
	"session" text,
	"provider" text,
	"model" text,
	"source" smallint NOT NULL,
	"asked" text NOT NULL,
	"amount_pico_usd" bigint NOT NULL,
	"budget_ids" uuid[] NOT NULL,
	"period_starts" timestamp with time zone[] NOT NULL,
	"tokens" bigint[] NOT NULL,
	"token_bits" smallint[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"settled_pico_usd" bigint,
	"settled_tokens" bigint[],
	"usage_event_id" uuid,
	"usage_pico_usd" bigint,
	CONSTRAINT "holds_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "holds_sane" CHECK (amount_pico_usd >= 0 and coalesce(settled_pico_usd, 0) >= 0 and cardinality(budget_ids) = cardinality(period_starts) and cardinality(budget_ids) = cardinality(tokens) and cardinality(budget_ids) = cardinality(token_bits))
);
--> statement-breakpoint
CREATE INDEX "alerts_by_time" ON "alerts" USING btree ("project_id","fired_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("project_id","next_attempt_at") WHERE state = 0;--> statement-breakpoint
CREATE INDEX "deliveries_by_target" ON "deliveries" USING btree ("project_id","target_id","created_at");--> statement-breakpoint
CREATE INDEX "holds_live" ON "holds" USING btree ("project_id","expires_at") WHERE state = 0;--> statement-breakpoint
CREATE INDEX "holds_by_time" ON "holds" USING btree ("project_id","created_at");--> statement-breakpoint
-- One hot row is written by every admission; room on its page keeps its versions off the indexes.
ALTER TABLE "budget_periods" SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
ALTER TABLE "holds" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
