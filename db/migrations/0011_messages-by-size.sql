DROP INDEX "messages_by_bytes";--> statement-breakpoint
CREATE INDEX "messages_by_size" ON "messages" USING btree ("project_id","session_id","bytes" DESC NULLS FIRST,"seq") WHERE cleared_at is null;