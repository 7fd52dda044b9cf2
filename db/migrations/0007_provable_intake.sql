set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "fetch_orders" (
	"org_id" uuid NOT NULL,
	"fetch_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	CONSTRAINT "fetch_orders_org_id_delivery_id_fetch_id_pk" PRIMARY KEY("org_id","delivery_id","fetch_id")
);
--> statement-breakpoint
ALTER TABLE "fetch_orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fetches" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"ask" jsonb NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"answer_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "fetches_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "fetches_external" UNIQUE("org_id","source_id","external_id")
);
--> statement-breakpoint
ALTER TABLE "fetches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "way" text DEFAULT 'push' NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "keys" text;--> statement-breakpoint
ALTER TABLE "fetch_orders" ADD CONSTRAINT "fetch_orders_org_id_fetch_id_fetches_org_id_id_fk" FOREIGN KEY ("org_id","fetch_id") REFERENCES "public"."fetches"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fetches" ADD CONSTRAINT "fetches_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fetch_orders_fetch" ON "fetch_orders" USING btree ("org_id","fetch_id");--> statement-breakpoint
CREATE INDEX "fetches_due" ON "fetches" USING btree ("org_id","state","next_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "fetch_orders" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "fetches" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('fetches');
--> statement-breakpoint
select clew_ops.protect('fetch_orders');
--> statement-breakpoint
-- The schedule finds what is due across organisations; what it does then, it does inside one.
grant select on fetches to clew_resolve;
--> statement-breakpoint
create policy resolve on fetches for select to clew_resolve using (true);
--> statement-breakpoint
create index fetches_waiting on fetches (next_at) where state = 'waiting';
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_fetches(moment timestamptz, most integer) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select f.org_id, f.id from public.fetches f where f.state = 'waiting' and f.next_at <= moment order by f.next_at limit most
$$;
--> statement-breakpoint
create function clew_resolve.sources_of(connectors text[]) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select s.org_id, s.id from public.sources s where s.status = 'active' and s.connector = any (connectors)
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_fetches(timestamptz, integer), clew_resolve.sources_of(text[]) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_fetches(timestamptz, integer), clew_resolve.sources_of(text[]) to clew_worker;
--> statement-breakpoint
reset role;
