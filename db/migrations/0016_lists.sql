set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "field_definitions" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"label_en" text NOT NULL,
	"label_zh" text NOT NULL,
	"choices" jsonb NOT NULL,
	"currency" text,
	"position" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "field_definitions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "field_definitions_key" UNIQUE("org_id","key")
);
--> statement-breakpoint
ALTER TABLE "field_definitions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lead_field_values" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"field_id" uuid NOT NULL,
	"text" text,
	"number" numeric,
	"day" date,
	"choices" text[],
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_field_values_org_id_lead_id_field_id_pk" PRIMARY KEY("org_id","lead_id","field_id")
);
--> statement-breakpoint
ALTER TABLE "lead_field_values" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bulk_changes" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"action" text NOT NULL,
	"params" jsonb NOT NULL,
	"search" text,
	"as_of" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"undone" integer DEFAULT 0 NOT NULL,
	"kept" integer DEFAULT 0 NOT NULL,
	"member_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "bulk_changes_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "bulk_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"org_id" uuid NOT NULL,
	"bulk_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"before" jsonb,
	"version_after" integer,
	CONSTRAINT "bulk_rows_org_id_bulk_id_lead_id_pk" PRIMARY KEY("org_id","bulk_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "bulk_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_views" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"team_id" uuid,
	"search" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "saved_views_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "view_choices" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"view_id" uuid NOT NULL,
	"is_pinned" boolean DEFAULT false NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	CONSTRAINT "view_choices_org_id_member_id_view_id_pk" PRIMARY KEY("org_id","member_id","view_id")
);
--> statement-breakpoint
ALTER TABLE "view_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "lead_stages_won";--> statement-breakpoint
ALTER TABLE "field_definitions" ADD CONSTRAINT "field_definitions_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_field_values" ADD CONSTRAINT "lead_field_values_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_field_values" ADD CONSTRAINT "lead_field_values_org_id_field_id_field_definitions_org_id_id_fk" FOREIGN KEY ("org_id","field_id") REFERENCES "public"."field_definitions"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_org_id_bulk_id_bulk_changes_org_id_id_fk" FOREIGN KEY ("org_id","bulk_id") REFERENCES "public"."bulk_changes"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_org_id_owner_id_members_org_id_id_fk" FOREIGN KEY ("org_id","owner_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_org_id_team_id_teams_org_id_id_fk" FOREIGN KEY ("org_id","team_id") REFERENCES "public"."teams"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_choices" ADD CONSTRAINT "view_choices_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_choices" ADD CONSTRAINT "view_choices_org_id_view_id_saved_views_org_id_id_fk" FOREIGN KEY ("org_id","view_id") REFERENCES "public"."saved_views"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lead_field_values_number" ON "lead_field_values" USING btree ("org_id","field_id","number","lead_id");--> statement-breakpoint
CREATE INDEX "lead_field_values_day" ON "lead_field_values" USING btree ("org_id","field_id","day","lead_id");--> statement-breakpoint
CREATE INDEX "bulk_changes_member" ON "bulk_changes" USING btree ("org_id","member_id","started_at");--> statement-breakpoint
CREATE INDEX "bulk_rows_state" ON "bulk_rows" USING btree ("org_id","bulk_id","state","lead_id");--> statement-breakpoint
CREATE INDEX "saved_views_owner" ON "saved_views" USING btree ("org_id","owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "view_choices_default" ON "view_choices" USING btree ("org_id","member_id") WHERE is_default;--> statement-breakpoint
CREATE INDEX "lead_stages_entered" ON "lead_stages" USING btree ("org_id","stage","entered_at","lead_id");--> statement-breakpoint
CREATE INDEX "lead_stages_amount" ON "lead_stages" USING btree ("org_id","expected_amount","lead_id") WHERE expected_amount is not null;--> statement-breakpoint
CREATE INDEX "lead_stages_grade" ON "lead_stages" USING btree ("org_id","grade","lead_id") WHERE grade is not null;--> statement-breakpoint
CREATE INDEX "leads_last_contact" ON "leads" USING btree ("org_id","last_contact_at","id") WHERE last_contact_at is not null;--> statement-breakpoint
CREATE INDEX "leads_next_step" ON "leads" USING btree ("org_id","next_step_at","id") WHERE next_step_at is not null;--> statement-breakpoint
CREATE INDEX "lead_stages_won" ON "lead_stages" USING btree ("org_id","won_at","lead_id");--> statement-breakpoint
CREATE POLICY "tenant" ON "field_definitions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "lead_field_values" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "bulk_changes" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "bulk_rows" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "saved_views" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "view_choices" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('field_definitions');
--> statement-breakpoint
select clew_ops.protect('lead_field_values');
--> statement-breakpoint
select clew_ops.protect('saved_views');
--> statement-breakpoint
select clew_ops.protect('view_choices');
--> statement-breakpoint
select clew_ops.protect('bulk_changes');
--> statement-breakpoint
select clew_ops.protect('bulk_rows');
--> statement-breakpoint
-- A long text does not fit into an index entry.
create index lead_field_values_text on lead_field_values (org_id, field_id, left(text, 200), lead_id) where text is not null;
