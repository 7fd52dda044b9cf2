set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "contact_hints" (
	"org_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_hints_org_id_person_id_kind_value_pk" PRIMARY KEY("org_id","person_id","kind","value")
);
--> statement-breakpoint
ALTER TABLE "contact_hints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "match_decisions" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"weight" double precision NOT NULL,
	"fields" jsonb NOT NULL,
	"band" text NOT NULL,
	"reason" text NOT NULL,
	"model_version" integer NOT NULL,
	"state" text NOT NULL,
	"decided_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "match_decisions_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "match_decisions_pair" UNIQUE("org_id","person_id","candidate_id")
);
--> statement-breakpoint
ALTER TABLE "match_decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "match_keys" (
	"org_id" uuid NOT NULL,
	"key" text NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "match_keys_org_id_key_person_id_pk" PRIMARY KEY("org_id","key","person_id")
);
--> statement-breakpoint
ALTER TABLE "match_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "match_models" (
	"org_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"model" jsonb NOT NULL,
	"people" integer NOT NULL,
	"learned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "match_models_org_id_version_pk" PRIMARY KEY("org_id","version")
);
--> statement-breakpoint
ALTER TABLE "match_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "match_settings" (
	"org_id" uuid NOT NULL,
	"auto_at" double precision NOT NULL,
	"review_at" double precision NOT NULL,
	"silent_months" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "match_settings_org_id_pk" PRIMARY KEY("org_id")
);
--> statement-breakpoint
ALTER TABLE "match_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "contact_hints" ADD CONSTRAINT "contact_hints_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_decisions" ADD CONSTRAINT "match_decisions_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_decisions" ADD CONSTRAINT "match_decisions_org_id_candidate_id_people_org_id_id_fk" FOREIGN KEY ("org_id","candidate_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_keys" ADD CONSTRAINT "match_keys_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_models" ADD CONSTRAINT "match_models_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_settings" ADD CONSTRAINT "match_settings_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_hints_expiry" ON "contact_hints" USING btree ("org_id","expires_at");--> statement-breakpoint
CREATE INDEX "match_decisions_open" ON "match_decisions" USING btree ("org_id","state","band","weight","id");--> statement-breakpoint
CREATE INDEX "match_decisions_candidate" ON "match_decisions" USING btree ("org_id","candidate_id");--> statement-breakpoint
CREATE INDEX "match_keys_person" ON "match_keys" USING btree ("org_id","person_id");--> statement-breakpoint
CREATE POLICY "tenant" ON "contact_hints" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "match_decisions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "match_keys" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "match_models" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "match_settings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('match_keys');
--> statement-breakpoint
select clew_ops.protect('match_decisions');
--> statement-breakpoint
select clew_ops.protect('match_models');
--> statement-breakpoint
select clew_ops.protect('match_settings');
--> statement-breakpoint
select clew_ops.protect('contact_hints');
