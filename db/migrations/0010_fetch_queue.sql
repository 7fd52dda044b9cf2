set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "erased_inquiries" (
	"org_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"external_digest" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_inquiries_org_id_source_id_external_digest_pk" PRIMARY KEY("org_id","source_id","external_digest")
);
--> statement-breakpoint
ALTER TABLE "erased_inquiries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "fetches" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "fetches" ADD COLUMN "ordered_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "erased_inquiries" ADD CONSTRAINT "erased_inquiries_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant" ON "erased_inquiries" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('erased_inquiries');
--> statement-breakpoint
-- What is not permitted is asked for again too, slowly: one of each source, the one least often tried.
drop index fetches_waiting;
--> statement-breakpoint
create index fetches_waiting on fetches (next_at) where next_at is not null;
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create or replace function clew_resolve.due_fetches(moment timestamptz, most integer) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  (select f.org_id, f.id from public.fetches f where f.next_at <= moment and f.state = 'waiting' order by f.next_at limit most)
  union all
  (select distinct on (f.org_id, f.source_id) f.org_id, f.id from public.fetches f where f.next_at <= moment and f.state = 'not-permitted'
   order by f.org_id, f.source_id, f.attempts, f.next_at limit most)
$$;
--> statement-breakpoint
reset role;
