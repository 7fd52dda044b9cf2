set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "dispositions" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" integer NOT NULL,
	"outcome" text NOT NULL,
	"label_en" text,
	"label_zh" text,
	"counts" boolean NOT NULL,
	"is_two_way" boolean NOT NULL,
	"next_step" text NOT NULL,
	"junk_reason" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "dispositions_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "dispositions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead_photos" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"content_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"added_by" uuid,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_photos_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "lead_photos" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tasks" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid,
	"kind" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"assignee_id" uuid,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"closed_by" text,
	"from_activity" uuid,
	"sequence" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "tasks_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_reveals" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"identity_key" text NOT NULL,
	"person_id" uuid,
	"company_id" uuid,
	"lead_id" uuid,
	"day" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_reveals_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact_reveals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_rules" (
	"org_id" uuid NOT NULL,
	"reveal_cap" integer NOT NULL,
	"export_cap" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_rules_org_id_pk" PRIMARY KEY("org_id")
);
--> statement-breakpoint
ALTER TABLE "contact_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_usage" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "contact_usage_org_id_member_id_day_kind_pk" PRIMARY KEY("org_id","member_id","day","kind")
);
--> statement-breakpoint
ALTER TABLE "contact_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calendar_feeds_org_id_member_id_pk" PRIMARY KEY("org_id","member_id"),
	CONSTRAINT "calendar_feeds_token" UNIQUE("org_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "disposition_id" uuid;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "direction" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "duration_seconds" integer;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "counts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "activities" ADD COLUMN "is_two_way" boolean;--> statement-breakpoint
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_photos" ADD CONSTRAINT "lead_photos_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_org_id_assignee_id_members_org_id_id_fk" FOREIGN KEY ("org_id","assignee_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_reveals" ADD CONSTRAINT "contact_reveals_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_rules" ADD CONSTRAINT "contact_rules_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_usage" ADD CONSTRAINT "contact_usage_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dispositions_position" ON "dispositions" USING btree ("org_id","position");--> statement-breakpoint
CREATE INDEX "lead_photos_lead" ON "lead_photos" USING btree ("org_id","lead_id");--> statement-breakpoint
CREATE INDEX "tasks_lead_open" ON "tasks" USING btree ("org_id","lead_id","due_at") WHERE done_at is null and cancelled_at is null;--> statement-breakpoint
CREATE INDEX "tasks_assignee_open" ON "tasks" USING btree ("org_id","assignee_id","due_at","id") WHERE done_at is null and cancelled_at is null;--> statement-breakpoint
CREATE INDEX "tasks_assignee_done" ON "tasks" USING btree ("org_id","assignee_id","done_at") WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_activity" ON "tasks" USING btree ("org_id","from_activity") WHERE from_activity is not null;--> statement-breakpoint
CREATE INDEX "tasks_closed_by" ON "tasks" USING btree ("org_id","closed_by") WHERE closed_by is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_reveals_once" ON "contact_reveals" USING btree ("org_id","member_id","day","identity_key");--> statement-breakpoint
CREATE INDEX "contact_reveals_at" ON "contact_reveals" USING btree ("org_id","at");--> statement-breakpoint
CREATE INDEX "calendar_feeds_by_token" ON "calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE POLICY "tenant" ON "dispositions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "lead_photos" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "tasks" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "contact_reveals" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "contact_rules" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "contact_usage" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "calendar_feeds" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
-- Next steps that stand already become callbacks: from here on leads.next_step_at only repeats the earliest open task.
alter table leads no force row level security;
--> statement-breakpoint
alter table organisations no force row level security;
--> statement-breakpoint
insert into tasks (org_id, id, lead_id, kind, due_at, time_zone, assignee_id, created_at)
select l.org_id, gen_random_uuid(), l.id, 'callback', l.next_step_at, o.time_zone, l.owner_id, coalesce(l.last_contact_at, l.created_at)
from leads l join organisations o on o.org_id = l.org_id where l.next_step_at is not null and l.is_open and l.duplicate_of is null;
--> statement-breakpoint
update leads set next_step_at = null where next_step_at is not null and (not is_open or duplicate_of is not null);
--> statement-breakpoint
alter table leads force row level security;
--> statement-breakpoint
alter table organisations force row level security;
--> statement-breakpoint
select clew_ops.protect('dispositions');
--> statement-breakpoint
select clew_ops.protect('lead_photos');
--> statement-breakpoint
select clew_ops.protect('tasks');
--> statement-breakpoint
select clew_ops.protect('contact_rules');
--> statement-breakpoint
select clew_ops.protect('contact_usage');
--> statement-breakpoint
select clew_ops.protect('contact_reveals', true);
--> statement-breakpoint
select clew_ops.protect('calendar_feeds');
--> statement-breakpoint
grant select on calendar_feeds to clew_resolve;
--> statement-breakpoint
create policy resolve on calendar_feeds for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.calendar_feed(hash text) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select f.org_id, f.member_id from public.calendar_feeds f where f.token_hash = hash
$$;
--> statement-breakpoint
revoke all on function clew_resolve.calendar_feed(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.calendar_feed(text) to clew_app;
--> statement-breakpoint
reset role;
