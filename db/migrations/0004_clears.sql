CREATE TABLE "clears" (
	"project_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"session_id" bigint NOT NULL,
	"from_seq" bigint NOT NULL,
	"through_seq" bigint NOT NULL,
	"messages" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"cleared_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undo_until" timestamp with time zone NOT NULL,
	"restored_at" timestamp with time zone,
	"purged_through" bigint,
	"purged_at" timestamp with time zone,
	CONSTRAINT "clears_key" PRIMARY KEY("project_id","id"),
	CONSTRAINT "clears_range" CHECK (from_seq >= -1 and through_seq > from_seq and least(messages, bytes) >= 0)
);
--> statement-breakpoint
CREATE INDEX "clears_by_session" ON "clears" USING btree ("project_id","session_id","through_seq");--> statement-breakpoint
CREATE INDEX "clears_due" ON "clears" USING btree ("project_id","undo_until") WHERE restored_at is null and purged_at is null;--> statement-breakpoint
CREATE INDEX "messages_summaries" ON "messages" USING btree ("project_id","session_id","seq") WHERE kind = 4;