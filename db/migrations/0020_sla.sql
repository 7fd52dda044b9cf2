set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "absences" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"from_minute" integer,
	"to_minute" integer,
	"kind" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "absences_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "absences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "work_calendars" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"team_id" uuid,
	"member_id" uuid,
	"time_zone" text,
	"week" jsonb NOT NULL,
	"own_days" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text,
	CONSTRAINT "work_calendars_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "work_calendars" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "work_days" (
	"org_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"like_weekday" integer,
	"name" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text,
	CONSTRAINT "work_days_org_id_calendar_id_day_pk" PRIMARY KEY("org_id","calendar_id","day")
);
--> statement-breakpoint
ALTER TABLE "work_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_clock_changes" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"clock_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"due_before" timestamp (3) with time zone NOT NULL,
	"due_after" timestamp (3) with time zone NOT NULL,
	"owner_id" uuid,
	"policy_version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sla_clock_changes_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "sla_clock_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_clocks" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"turn" integer NOT NULL,
	"started_by" text NOT NULL,
	"policy_id" uuid NOT NULL,
	"policy_version" integer NOT NULL,
	"owner_id" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"runs_at" timestamp (3) with time zone NOT NULL,
	"warn_50_at" timestamp (3) with time zone NOT NULL,
	"warn_80_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"stopped_at" timestamp (3) with time zone,
	"stop_reason" text,
	"stopped_by" uuid,
	"breached_at" timestamp (3) with time zone,
	"next_timer_at" timestamp (3) with time zone,
	CONSTRAINT "sla_clocks_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "sla_clocks_once" UNIQUE("org_id","lead_id","started_by")
);
--> statement-breakpoint
ALTER TABLE "sla_clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_firings" (
	"org_id" uuid NOT NULL,
	"clock_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sla_firings_org_id_clock_id_kind_pk" PRIMARY KEY("org_id","clock_id","kind")
);
--> statement-breakpoint
ALTER TABLE "sla_firings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_policies" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "sla_policies_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "sla_policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_policy_versions" (
	"org_id" uuid NOT NULL,
	"policy_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"conditions" jsonb NOT NULL,
	"first_minutes" integer NOT NULL,
	"next_minutes" integer,
	"next_after" text NOT NULL,
	"counting" text NOT NULL,
	"calendar" text NOT NULL,
	"at_breach" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"made_by" text,
	CONSTRAINT "sla_policy_versions_org_id_policy_id_version_pk" PRIMARY KEY("org_id","policy_id","version")
);
--> statement-breakpoint
ALTER TABLE "sla_policy_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_calendars" ADD CONSTRAINT "work_calendars_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_calendars" ADD CONSTRAINT "work_calendars_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_calendars" ADD CONSTRAINT "work_calendars_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_days" ADD CONSTRAINT "work_days_org_id_calendar_id_work_calendars_org_id_id_fk" FOREIGN KEY ("org_id","calendar_id") REFERENCES "public"."work_calendars"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_clock_changes" ADD CONSTRAINT "sla_clock_changes_org_id_clock_id_sla_clocks_org_id_id_fk" FOREIGN KEY ("org_id","clock_id") REFERENCES "public"."sla_clocks"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD CONSTRAINT "sla_clocks_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD CONSTRAINT "sla_clocks_org_id_policy_id_policy_version_sla_policy_versions_org_id_policy_id_version_fk" FOREIGN KEY ("org_id","policy_id","policy_version") REFERENCES "public"."sla_policy_versions"("org_id","policy_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD CONSTRAINT "sla_clocks_org_id_owner_id_members_org_id_id_fk" FOREIGN KEY ("org_id","owner_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_firings" ADD CONSTRAINT "sla_firings_org_id_clock_id_sla_clocks_org_id_id_fk" FOREIGN KEY ("org_id","clock_id") REFERENCES "public"."sla_clocks"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policy_versions" ADD CONSTRAINT "sla_policy_versions_org_id_policy_id_sla_policies_org_id_id_fk" FOREIGN KEY ("org_id","policy_id") REFERENCES "public"."sla_policies"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_member" ON "absences" USING btree ("org_id","member_id","to_day") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "work_calendars_organisation" ON "work_calendars" USING btree ("org_id") WHERE kind = 'organisation';--> statement-breakpoint
CREATE UNIQUE INDEX "work_calendars_team" ON "work_calendars" USING btree ("org_id","team_id") WHERE team_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "work_calendars_member" ON "work_calendars" USING btree ("org_id","member_id") WHERE member_id is not null;--> statement-breakpoint
CREATE INDEX "sla_clock_changes_clock" ON "sla_clock_changes" USING btree ("org_id","clock_id","id");--> statement-breakpoint
CREATE INDEX "sla_clocks_running" ON "sla_clocks" USING btree ("org_id","lead_id") WHERE stopped_at is null;--> statement-breakpoint
CREATE INDEX "sla_clocks_policy" ON "sla_clocks" USING btree ("org_id","policy_id","started_at");--> statement-breakpoint
CREATE INDEX "sla_policies_order" ON "sla_policies" USING btree ("org_id","position") WHERE archived_at is null;--> statement-breakpoint
CREATE POLICY "tenant" ON "absences" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "work_calendars" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "work_days" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sla_clock_changes" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sla_clocks" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sla_firings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sla_policies" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sla_policy_versions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('work_calendars');
--> statement-breakpoint
select clew_ops.protect('work_days');
--> statement-breakpoint
select clew_ops.protect('absences');
--> statement-breakpoint
select clew_ops.protect('sla_policies');
--> statement-breakpoint
select clew_ops.protect('sla_clocks');
--> statement-breakpoint
select clew_ops.protect('sla_policy_versions', true);
--> statement-breakpoint
select clew_ops.protect('sla_firings', true);
--> statement-breakpoint
select clew_ops.protect('sla_clock_changes', true);
--> statement-breakpoint
-- The schedule finds the timers that are due across organisations; what it does then, it does inside one.
create index sla_clocks_timer on sla_clocks (next_timer_at) where next_timer_at is not null;
--> statement-breakpoint
grant select on sla_clocks to clew_resolve;
--> statement-breakpoint
create policy resolve on sla_clocks for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_clocks(moment timestamptz, most integer) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select c.org_id, c.id from public.sla_clocks c where c.next_timer_at <= moment order by c.next_timer_at limit most
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_clocks(timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_clocks(timestamptz, integer) to clew_worker;
--> statement-breakpoint
reset role;
