CREATE TABLE "message_blocks" (
	"project_id" integer NOT NULL,
	"session_id" bigint NOT NULL,
	"block" bigint NOT NULL,
	"last_ts" timestamp with time zone NOT NULL,
	"compactions" integer NOT NULL,
	"system_tokens" bigint DEFAULT 0 NOT NULL,
	"user_tokens" bigint DEFAULT 0 NOT NULL,
	"assistant_tokens" bigint DEFAULT 0 NOT NULL,
	"tool_tokens" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "message_blocks_key" PRIMARY KEY("project_id","session_id","block"),
	CONSTRAINT "message_blocks_numbers" CHECK (least(block, compactions) >= 0)
);
--> statement-breakpoint
CREATE INDEX "sessions_long" ON "sessions" USING btree ("project_id","id") WHERE last_seq >= 8191;