set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "grade_suggestions" (
	"org_id" uuid NOT NULL,
	"move_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"suggested" text NOT NULL,
	"given" text NOT NULL,
	"cell" smallint,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "grade_suggestions_org_id_move_id_pk" PRIMARY KEY("org_id","move_id")
);
--> statement-breakpoint
ALTER TABLE "grade_suggestions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead_scores" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"fit" integer NOT NULL,
	"interest" integer NOT NULL,
	"cell" smallint,
	"chance" double precision,
	"override_cell" smallint,
	"scored_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	CONSTRAINT "lead_scores_org_id_lead_id_pk" PRIMARY KEY("org_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "lead_scores" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "profiling_objections" (
	"org_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" uuid,
	CONSTRAINT "profiling_objections_org_id_person_id_pk" PRIMARY KEY("org_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "profiling_objections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rescorings" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"after" uuid,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "rescorings_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "rescorings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "score_cards" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"terms" jsonb NOT NULL,
	"based_on" uuid,
	"lesson" jsonb,
	"report" jsonb,
	"report_of" text,
	"reported_at" timestamp (3) with time zone,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"published_by" uuid,
	"published_at" timestamp (3) with time zone,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "score_cards_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "score_cards_version" UNIQUE("org_id","version")
);
--> statement-breakpoint
ALTER TABLE "score_cards" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "score_lines" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"line" text NOT NULL,
	"cause" text NOT NULL,
	"group_key" text NOT NULL,
	"points" integer NOT NULL,
	"because" jsonb NOT NULL,
	"touch_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"half_life_days" integer,
	"expires_at" timestamp (3) with time zone,
	"reverses" uuid,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "score_lines_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "score_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "score_overrides" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"cell" smallint NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid,
	CONSTRAINT "score_overrides_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "score_overrides" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "grade_suggestions" ADD CONSTRAINT "grade_suggestions_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_scores" ADD CONSTRAINT "lead_scores_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_scores" ADD CONSTRAINT "lead_scores_org_id_card_id_score_cards_org_id_id_fk" FOREIGN KEY ("org_id","card_id") REFERENCES "public"."score_cards"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiling_objections" ADD CONSTRAINT "profiling_objections_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiling_objections" ADD CONSTRAINT "profiling_objections_org_id_by_members_org_id_id_fk" FOREIGN KEY ("org_id","by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rescorings" ADD CONSTRAINT "rescorings_org_id_card_id_score_cards_org_id_id_fk" FOREIGN KEY ("org_id","card_id") REFERENCES "public"."score_cards"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_cards" ADD CONSTRAINT "score_cards_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_cards" ADD CONSTRAINT "score_cards_org_id_created_by_members_org_id_id_fk" FOREIGN KEY ("org_id","created_by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_cards" ADD CONSTRAINT "score_cards_org_id_published_by_members_org_id_id_fk" FOREIGN KEY ("org_id","published_by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_overrides" ADD CONSTRAINT "score_overrides_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_overrides" ADD CONSTRAINT "score_overrides_org_id_by_members_org_id_id_fk" FOREIGN KEY ("org_id","by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_overrides" ADD CONSTRAINT "score_overrides_org_id_ended_by_members_org_id_id_fk" FOREIGN KEY ("org_id","ended_by") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grade_suggestions_at" ON "grade_suggestions" USING btree ("org_id","at");--> statement-breakpoint
CREATE INDEX "lead_scores_card" ON "lead_scores" USING btree ("org_id","card_id","lead_id");--> statement-breakpoint
CREATE INDEX "lead_scores_cell" ON "lead_scores" USING btree ("org_id",(case when override_cell is null then cell else override_cell end),"lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rescorings_running" ON "rescorings" USING btree ("org_id") WHERE finished_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "score_cards_published" ON "score_cards" USING btree ("org_id") WHERE state = 'published';--> statement-breakpoint
CREATE INDEX "score_lines_lead" ON "score_lines" USING btree ("org_id","lead_id","card_id");--> statement-breakpoint
CREATE UNIQUE INDEX "score_lines_reversed" ON "score_lines" USING btree ("org_id","reverses") WHERE reverses is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "score_overrides_standing" ON "score_overrides" USING btree ("org_id","lead_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "score_overrides_lead" ON "score_overrides" USING btree ("org_id","lead_id","at");--> statement-breakpoint
CREATE POLICY "tenant" ON "grade_suggestions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "lead_scores" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "profiling_objections" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "rescorings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "score_cards" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "score_lines" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "score_overrides" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('score_cards');
--> statement-breakpoint
select clew_ops.protect('lead_scores');
--> statement-breakpoint
select clew_ops.protect('score_overrides');
--> statement-breakpoint
select clew_ops.protect('profiling_objections');
--> statement-breakpoint
select clew_ops.protect('rescorings');
--> statement-breakpoint
select clew_ops.protect('score_lines', true);
--> statement-breakpoint
select clew_ops.protect('grade_suggestions', true);
--> statement-breakpoint
-- What a line is worth at a moment: the same as worthAt in the application, digit for digit.
create function clew_find.worth(points integer, happened timestamptz, half_life integer, ends timestamptz, moment timestamptz) returns integer
language sql immutable parallel safe as $$
  select case
    when ends is not null and moment >= ends then 0
    when half_life is null then points
    else sign(points)::integer * floor(abs(points) * power(2::float8, -(greatest(0, floor(extract(epoch from (moment - happened)) / 86400))::float8) / half_life) + 0.500000001)::integer
  end
$$;
--> statement-breakpoint
grant execute on function clew_find.worth(integer, timestamptz, integer, timestamptz, timestamptz) to clew_app, clew_worker;
--> statement-breakpoint
-- The schedule finds what is due across organisations; what it does then, it does inside one.
create index lead_scores_due on lead_scores (due_at) where due_at is not null;
--> statement-breakpoint
create index rescorings_open on rescorings (started_at) where finished_at is null;
--> statement-breakpoint
grant select on lead_scores, rescorings to clew_resolve;
--> statement-breakpoint
create policy resolve on lead_scores for select to clew_resolve using (true);
--> statement-breakpoint
create policy resolve on rescorings for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_scores(moment timestamptz, most integer) returns table (org_id uuid, lead_id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select s.org_id, s.lead_id from public.lead_scores s where s.due_at <= moment order by s.due_at limit most
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_scores(timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_scores(timestamptz, integer) to clew_worker;
--> statement-breakpoint
create function clew_resolve.open_rescorings() returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select r.org_id, r.id from public.rescorings r where r.finished_at is null order by r.started_at
$$;
--> statement-breakpoint
revoke all on function clew_resolve.open_rescorings() from public;
--> statement-breakpoint
grant execute on function clew_resolve.open_rescorings() to clew_worker;
--> statement-breakpoint
reset role;
