set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "notice_facts" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"subject" text,
	CONSTRAINT "notice_facts_org_id_member_id_kind_key_pk" PRIMARY KEY("org_id","member_id","kind","key")
);
--> statement-breakpoint
ALTER TABLE "notice_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice_sends" (
	"org_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"mode" text NOT NULL,
	"member_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"batch" text,
	"claimed_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"dropped_at" timestamp (3) with time zone,
	CONSTRAINT "notice_sends_org_id_notice_id_channel_pk" PRIMARY KEY("org_id","notice_id","channel")
);
--> statement-breakpoint
ALTER TABLE "notice_sends" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notices" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text,
	"params" jsonb NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"in_app" boolean NOT NULL,
	"in_browser" boolean NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "notices_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification_settings" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"channels" jsonb NOT NULL,
	"quiet_from" integer,
	"quiet_to" integer,
	"urgent_passes" boolean NOT NULL,
	"digest_minute" integer NOT NULL,
	"digest_working_days" boolean NOT NULL,
	"time_zone" text,
	"locale" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notification_settings_org_id_member_id_pk" PRIMARY KEY("org_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "notification_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "robot_posts" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"robot_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"key" text NOT NULL,
	"subject" text,
	"params" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"batch" text,
	"claimed_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"dropped_at" timestamp (3) with time zone,
	CONSTRAINT "robot_posts_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "robot_posts_once" UNIQUE("org_id","robot_id","topic","key")
);
--> statement-breakpoint
ALTER TABLE "robot_posts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "robots" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"hint" text NOT NULL,
	"secret" text,
	"team_id" uuid,
	"topics" text[] NOT NULL,
	"shows_names" boolean NOT NULL,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"recent" jsonb NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"problem" text,
	"problem_at" timestamp (3) with time zone,
	"last_sent_at" timestamp (3) with time zone,
	"made_by" uuid,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "robots_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "robots" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "daily_reports" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"team_id" uuid,
	"day" date NOT NULL,
	"numbers" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "daily_reports_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "daily_reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "report_plans" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"team_id" uuid,
	"minute" integer NOT NULL,
	"is_on" boolean NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_plans_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "report_plans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "targets" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid,
	"team_id" uuid,
	"month" text NOT NULL,
	"metric" text NOT NULL,
	"value" integer NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "targets_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "targets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notice_facts" ADD CONSTRAINT "notice_facts_org_id_notice_id_notices_org_id_id_fk" FOREIGN KEY ("org_id","notice_id") REFERENCES "public"."notices"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_sends" ADD CONSTRAINT "notice_sends_org_id_notice_id_notices_org_id_id_fk" FOREIGN KEY ("org_id","notice_id") REFERENCES "public"."notices"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robot_posts" ADD CONSTRAINT "robot_posts_org_id_robot_id_robots_org_id_id_fk" FOREIGN KEY ("org_id","robot_id") REFERENCES "public"."robots"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_org_id_made_by_members_org_id_id_fk" FOREIGN KEY ("org_id","made_by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_reports" ADD CONSTRAINT "daily_reports_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_reports" ADD CONSTRAINT "daily_reports_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_plans" ADD CONSTRAINT "report_plans_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_plans" ADD CONSTRAINT "report_plans_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_facts_notice" ON "notice_facts" USING btree ("org_id","notice_id");--> statement-breakpoint
CREATE INDEX "notice_sends_batch" ON "notice_sends" USING btree ("org_id","batch");--> statement-breakpoint
CREATE INDEX "notices_member" ON "notices" USING btree ("org_id","member_id","id");--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("org_id","member_id","id") WHERE read_at is null and in_app;--> statement-breakpoint
CREATE INDEX "robot_posts_batch" ON "robot_posts" USING btree ("org_id","robot_id","batch");--> statement-breakpoint
CREATE UNIQUE INDEX "daily_reports_team" ON "daily_reports" USING btree ("org_id","team_id","day") WHERE team_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "daily_reports_whole" ON "daily_reports" USING btree ("org_id","day") WHERE team_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "report_plans_team" ON "report_plans" USING btree ("org_id","team_id") WHERE team_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "report_plans_whole" ON "report_plans" USING btree ("org_id") WHERE team_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "targets_member" ON "targets" USING btree ("org_id","month","member_id","metric") WHERE member_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "targets_team" ON "targets" USING btree ("org_id","month","team_id","metric") WHERE team_id is not null;--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("org_id","due_at") WHERE done_at is null and cancelled_at is null and assignee_id is not null;--> statement-breakpoint
CREATE POLICY "tenant" ON "notice_facts" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "notice_sends" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "notices" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "notification_settings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "robot_posts" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "robots" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "daily_reports" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "report_plans" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "targets" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('notices');
--> statement-breakpoint
select clew_ops.protect('notice_facts');
--> statement-breakpoint
select clew_ops.protect('notice_sends');
--> statement-breakpoint
select clew_ops.protect('notification_settings');
--> statement-breakpoint
select clew_ops.protect('robots');
--> statement-breakpoint
select clew_ops.protect('robot_posts');
--> statement-breakpoint
select clew_ops.protect('report_plans');
--> statement-breakpoint
select clew_ops.protect('daily_reports');
--> statement-breakpoint
select clew_ops.protect('targets');
--> statement-breakpoint
-- The schedule finds what is due across organisations; what it does then, it does inside one.
create index notice_sends_due on notice_sends (due_at) where sent_at is null and dropped_at is null;
--> statement-breakpoint
create index robot_posts_due on robot_posts (due_at) where sent_at is null and dropped_at is null;
--> statement-breakpoint
grant select on notice_sends, robot_posts, robots to clew_resolve;
--> statement-breakpoint
create policy resolve on notice_sends for select to clew_resolve using (true);
--> statement-breakpoint
create policy resolve on robot_posts for select to clew_resolve using (true);
--> statement-breakpoint
create policy resolve on robots for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_notice_sends(moment timestamptz, most integer) returns table (org_id uuid, member_id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select distinct s.org_id, s.member_id from (
    select s.org_id, s.member_id from public.notice_sends s where s.due_at <= moment and s.sent_at is null and s.dropped_at is null order by s.due_at limit most
  ) s
$$;
--> statement-breakpoint
create function clew_resolve.due_robot_posts(moment timestamptz) returns table (org_id uuid, robot_id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select distinct p.org_id, p.robot_id from public.robot_posts p join public.robots r on r.org_id = p.org_id and r.id = p.robot_id
  where p.due_at <= moment and p.sent_at is null and p.dropped_at is null and r.state = 'on'
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_notice_sends(timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_notice_sends(timestamptz, integer) to clew_worker;
--> statement-breakpoint
revoke all on function clew_resolve.due_robot_posts(timestamptz) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_robot_posts(timestamptz) to clew_worker;
--> statement-breakpoint
reset role;
