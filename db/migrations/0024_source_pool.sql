set local lock_timeout = '5s';
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "pool_id" uuid;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_org_id_pool_id_pools_org_id_id_fk" FOREIGN KEY ("org_id","pool_id") REFERENCES "public"."pools"("org_id","id") ON DELETE no action ON UPDATE no action;