set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "consent_texts" (
	"org_id" uuid NOT NULL,
	"form_id" uuid NOT NULL,
	"consent" text NOT NULL,
	"sha256" text NOT NULL,
	"locale" text NOT NULL,
	"purpose" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "consent_texts_org_id_form_id_consent_sha256_pk" PRIMARY KEY("org_id","form_id","consent","sha256")
);
--> statement-breakpoint
ALTER TABLE "consent_texts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "form_consents" (
	"org_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"consent" text NOT NULL,
	"form_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"text_sha256" text NOT NULL,
	"locale" text NOT NULL,
	"is_given" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "form_consents_org_id_delivery_id_consent_pk" PRIMARY KEY("org_id","delivery_id","consent")
);
--> statement-breakpoint
ALTER TABLE "form_consents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "form_submissions" (
	"org_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"form_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"needs_confirmation" boolean NOT NULL,
	"contact_digest" text,
	"text_digest" text,
	"caller_digest" text,
	"token_sha256" text,
	"token_expires_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "form_submissions_org_id_delivery_id_pk" PRIMARY KEY("org_id","delivery_id"),
	CONSTRAINT "form_submissions_token" UNIQUE("org_id","token_sha256")
);
--> statement-breakpoint
ALTER TABLE "form_submissions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "form_versions" (
	"org_id" uuid NOT NULL,
	"form_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"actor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "form_versions_org_id_form_id_version_pk" PRIMARY KEY("org_id","form_id","version")
);
--> statement-breakpoint
ALTER TABLE "form_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "forms" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"status" text NOT NULL,
	"draft" jsonb NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"is_changed" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forms_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "forms_source" UNIQUE("org_id","source_id")
);
--> statement-breakpoint
ALTER TABLE "forms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consent_texts" ADD CONSTRAINT "consent_texts_org_id_form_id_forms_org_id_id_fk" FOREIGN KEY ("org_id","form_id") REFERENCES "public"."forms"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_consents" ADD CONSTRAINT "form_consents_org_id_form_id_forms_org_id_id_fk" FOREIGN KEY ("org_id","form_id") REFERENCES "public"."forms"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_org_id_form_id_forms_org_id_id_fk" FOREIGN KEY ("org_id","form_id") REFERENCES "public"."forms"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_versions" ADD CONSTRAINT "form_versions_org_id_form_id_forms_org_id_id_fk" FOREIGN KEY ("org_id","form_id") REFERENCES "public"."forms"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forms" ADD CONSTRAINT "forms_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "form_consents_form" ON "form_consents" USING btree ("org_id","form_id","at");--> statement-breakpoint
CREATE INDEX "form_submissions_state" ON "form_submissions" USING btree ("org_id","form_id","state","delivery_id");--> statement-breakpoint
CREATE INDEX "form_submissions_contact" ON "form_submissions" USING btree ("org_id","contact_digest","at");--> statement-breakpoint
CREATE INDEX "form_submissions_text" ON "form_submissions" USING btree ("org_id","text_digest","at");--> statement-breakpoint
CREATE INDEX "form_submissions_caller" ON "form_submissions" USING btree ("org_id","caller_digest","at");--> statement-breakpoint
CREATE POLICY "tenant" ON "consent_texts" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "form_consents" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "form_submissions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "form_versions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "forms" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('forms');
--> statement-breakpoint
select clew_ops.protect('form_versions', true);
--> statement-breakpoint
select clew_ops.protect('consent_texts', true);
--> statement-breakpoint
select clew_ops.protect('form_submissions');
--> statement-breakpoint
select clew_ops.protect('form_consents', true);
