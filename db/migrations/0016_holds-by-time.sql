DROP INDEX "holds_by_time";--> statement-breakpoint
CREATE INDEX "holds_by_time" ON "holds" USING brin ("created_at");