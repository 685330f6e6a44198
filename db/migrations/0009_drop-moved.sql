ALTER TABLE "budget_periods" DROP COLUMN "moved_pico_usd";--> statement-breakpoint
ALTER TABLE "budget_periods" DROP COLUMN "moved_tokens";