CREATE TABLE "message_drafts" (
	"project_id" integer NOT NULL,
	"session_id" bigint NOT NULL,
	"id" uuid NOT NULL,
	"ts" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"epoch" integer NOT NULL,
	"redactions" integer NOT NULL,
	"characters" bigint DEFAULT 0 NOT NULL,
	"role" smallint NOT NULL,
	"kind" smallint NOT NULL,
	"truncated" boolean NOT NULL,
	"seen" uuid[] NOT NULL,
	"barred" uuid[] NOT NULL,
	"external_id" text,
	"tool_name" text,
	"text" text,
	CONSTRAINT "message_drafts_key" PRIMARY KEY("project_id","session_id"),
	CONSTRAINT "message_drafts_size" CHECK (octet_length(text) <= 65536 and least(characters, redactions) >= 0),
	CONSTRAINT "message_drafts_time" CHECK (isfinite(ts))
);
--> statement-breakpoint
-- Few rows, each written several times a second and out of line: dead versions are taken away in small numbers.
ALTER TABLE "message_drafts" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 2000);
