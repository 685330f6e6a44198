DROP INDEX "sessions_by_agent";--> statement-breakpoint
CREATE INDEX "sessions_by_agent" ON "sessions" USING btree ("project_id","agent_id","id");