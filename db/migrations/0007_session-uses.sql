CREATE TABLE "session_uses" (
	"project_id" integer NOT NULL,
	"session_id" bigint NOT NULL,
	"model_id" integer NOT NULL,
	"source" smallint NOT NULL,
	CONSTRAINT "session_uses_key" PRIMARY KEY("project_id","session_id","model_id","source")
);
--> statement-breakpoint
CREATE INDEX "session_uses_by_model" ON "session_uses" USING btree ("project_id","model_id","source","session_id");--> statement-breakpoint
CREATE INDEX "session_uses_by_source" ON "session_uses" USING btree ("project_id","source","session_id");--> statement-breakpoint
CREATE INDEX "sessions_by_agent" ON "sessions" USING btree ("project_id","agent_id");--> statement-breakpoint
-- What was folded before this table was there.
INSERT INTO "session_uses" ("project_id", "session_id", "model_id", "source")
  SELECT DISTINCT "project_id", "session_id", "model_id", "source" FROM "usage_events" WHERE "session_id" IS NOT NULL
  ON CONFLICT DO NOTHING;
