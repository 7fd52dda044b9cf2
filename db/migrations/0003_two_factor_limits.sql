set local lock_timeout = '5s';
--> statement-breakpoint
ALTER TABLE "auth"."two_factor" ADD COLUMN "failed_verification_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."two_factor" ADD COLUMN "locked_until" timestamp (3) with time zone;