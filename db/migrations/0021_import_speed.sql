set local lock_timeout = '5s';
--> statement-breakpoint
ALTER TABLE "inquiries" DROP CONSTRAINT "inquiries_external";--> statement-breakpoint
DROP INDEX "inquiries_external_id";--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_external" UNIQUE("org_id","external_id","source_id");