set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "different_pairs" (
	"org_id" uuid NOT NULL,
	"low_id" text NOT NULL,
	"high_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "different_pairs_org_id_low_id_high_id_pk" PRIMARY KEY("org_id","low_id","high_id")
);
--> statement-breakpoint
ALTER TABLE "different_pairs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "merge_closings" (
	"org_id" uuid NOT NULL,
	"merge_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"under_id" uuid NOT NULL,
	"owner_before" uuid,
	"owner_after" uuid,
	CONSTRAINT "merge_closings_org_id_merge_id_lead_id_pk" PRIMARY KEY("org_id","merge_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "merge_closings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "merge_images" (
	"org_id" uuid NOT NULL,
	"merge_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "merge_images_org_id_merge_id_pk" PRIMARY KEY("org_id","merge_id")
);
--> statement-breakpoint
ALTER TABLE "merge_images" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "merge_splits" (
	"org_id" uuid NOT NULL,
	"merge_id" uuid NOT NULL,
	"kept_edits" jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "merge_splits_org_id_merge_id_pk" PRIMARY KEY("org_id","merge_id")
);
--> statement-breakpoint
ALTER TABLE "merge_splits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "merges" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"kept_person_id" uuid,
	"gone_person_id" uuid,
	"kept_company_id" uuid,
	"gone_company_id" uuid,
	"choices" jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "merges_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "merges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "duplicate_of" uuid;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "canonical_id" uuid;--> statement-breakpoint
ALTER TABLE "different_pairs" ADD CONSTRAINT "different_pairs_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_closings" ADD CONSTRAINT "merge_closings_org_id_merge_id_merges_org_id_id_fk" FOREIGN KEY ("org_id","merge_id") REFERENCES "public"."merges"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_closings" ADD CONSTRAINT "merge_closings_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_closings" ADD CONSTRAINT "merge_closings_org_id_under_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","under_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_images" ADD CONSTRAINT "merge_images_org_id_merge_id_merges_org_id_id_fk" FOREIGN KEY ("org_id","merge_id") REFERENCES "public"."merges"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merge_splits" ADD CONSTRAINT "merge_splits_org_id_merge_id_merges_org_id_id_fk" FOREIGN KEY ("org_id","merge_id") REFERENCES "public"."merges"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_kept_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","kept_person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_gone_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","gone_person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_kept_company_id_companies_org_id_id_fk" FOREIGN KEY ("org_id","kept_company_id") REFERENCES "public"."companies"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merges" ADD CONSTRAINT "merges_org_id_gone_company_id_companies_org_id_id_fk" FOREIGN KEY ("org_id","gone_company_id") REFERENCES "public"."companies"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "merge_closings_lead" ON "merge_closings" USING btree ("org_id","lead_id");--> statement-breakpoint
CREATE INDEX "merge_closings_under" ON "merge_closings" USING btree ("org_id","under_id");--> statement-breakpoint
CREATE INDEX "merges_kept_person" ON "merges" USING btree ("org_id","kept_person_id");--> statement-breakpoint
CREATE INDEX "merges_gone_person" ON "merges" USING btree ("org_id","gone_person_id");--> statement-breakpoint
CREATE INDEX "merges_kept_company" ON "merges" USING btree ("org_id","kept_company_id");--> statement-breakpoint
CREATE INDEX "merges_gone_company" ON "merges" USING btree ("org_id","gone_company_id");--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_org_id_duplicate_of_leads_org_id_id_fk" FOREIGN KEY ("org_id","duplicate_of") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "companies" ADD CONSTRAINT "companies_org_id_canonical_id_companies_org_id_id_fk" FOREIGN KEY ("org_id","canonical_id") REFERENCES "public"."companies"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_org_id_canonical_id_people_org_id_id_fk" FOREIGN KEY ("org_id","canonical_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leads_duplicate" ON "leads" USING btree ("org_id","duplicate_of") WHERE duplicate_of is not null;--> statement-breakpoint
CREATE INDEX "companies_canonical" ON "companies" USING btree ("org_id","canonical_id") WHERE canonical_id is not null;--> statement-breakpoint
CREATE INDEX "people_canonical" ON "people" USING btree ("org_id","canonical_id") WHERE canonical_id is not null;--> statement-breakpoint
CREATE POLICY "tenant" ON "different_pairs" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "merge_closings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "merge_images" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "merge_splits" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "merges" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('merges', true);
--> statement-breakpoint
select clew_ops.protect('merge_images');
--> statement-breakpoint
select clew_ops.protect('merge_closings', true);
--> statement-breakpoint
select clew_ops.protect('merge_splits', true);
--> statement-breakpoint
select clew_ops.protect('different_pairs');
--> statement-breakpoint
set local role clew_search;
--> statement-breakpoint
-- Words and identities of everybody who was merged into one find that one's leads; a duplicate is told by the lead that stands for it.
create or replace function clew_find.leads(words text[], identity text, most integer) returns table (id uuid) language sql stable security definer set search_path = pg_catalog as $$
  with here as (select nullif(current_setting('app.org_id', true), '')::uuid as org_id),
  firms as (
    select c.org_id, c.id from here h join public.companies c on c.org_id = h.org_id and c.tokens operator(pg_catalog.@>) words
  ), all_firms as (
    select f.org_id, f.id from firms f
    union
    select o.org_id, o.id from firms f join public.companies c on c.org_id = f.org_id and c.id = f.id
      join public.companies o on o.org_id = c.org_id and (o.id = c.canonical_id or o.canonical_id = coalesce(c.canonical_id, c.id))
  ), hits as (
    select p.org_id, p.id from here h join public.people p on p.org_id = h.org_id and p.tokens operator(pg_catalog.@>) words
    union
    select i.org_id, i.person_id from here h
      join public.identities i on i.org_id = h.org_id and i.kind in ('phone', 'email', 'wechat', 'external') and i.value = identity
  ), everybody as (
    select t.org_id, t.id from hits t
    union
    select o.org_id, o.id from hits t join public.people p on p.org_id = t.org_id and p.id = t.id
      join public.people o on o.org_id = p.org_id and (o.id = p.canonical_id or o.canonical_id = coalesce(p.canonical_id, p.id))
  ), raw as (
    select l.org_id, l.id, l.came_in_at, l.duplicate_of from all_firms f join public.leads l on l.org_id = f.org_id and l.company_id = f.id
    union
    select l.org_id, l.id, l.came_in_at, l.duplicate_of from everybody e
      join public.lead_people lp on lp.org_id = e.org_id and lp.person_id = e.id
      join public.leads l on l.org_id = lp.org_id and l.id = lp.lead_id
  ), found as (
    select raw.id, raw.came_in_at from raw where raw.duplicate_of is null
    union
    select l.id, l.came_in_at from raw join public.leads l on l.org_id = raw.org_id and l.id = raw.duplicate_of
  )
  select found.id from found order by found.came_in_at desc, found.id desc limit most
$$;
--> statement-breakpoint
reset role;
