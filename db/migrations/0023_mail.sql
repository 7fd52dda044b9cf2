set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "outreach_keys" (
	"org_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outreach_keys_org_id_pk" PRIMARY KEY("org_id")
);
--> statement-breakpoint
ALTER TABLE "outreach_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outreach_mail_bodies" (
	"org_id" uuid NOT NULL,
	"mail_id" uuid NOT NULL,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"token" text,
	CONSTRAINT "outreach_mail_bodies_org_id_mail_id_pk" PRIMARY KEY("org_id","mail_id")
);
--> statement-breakpoint
ALTER TABLE "outreach_mail_bodies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outreach_mails" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"template_id" uuid,
	"template_revision" integer,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"ordered_at" timestamp (3) with time zone NOT NULL,
	"send_after" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"maybe_sent" boolean DEFAULT false NOT NULL,
	"problem" text,
	"settled_at" timestamp (3) with time zone,
	"activity_id" uuid,
	"address_key" text NOT NULL,
	"token_hash" text NOT NULL,
	CONSTRAINT "outreach_mails_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "outreach_mails_token" UNIQUE("org_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "outreach_mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outreach_suppressions" (
	"org_id" uuid NOT NULL,
	"address_key" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "outreach_suppressions_org_id_address_key_pk" PRIMARY KEY("org_id","address_key")
);
--> statement-breakpoint
ALTER TABLE "outreach_suppressions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outreach_template_revisions" (
	"org_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outreach_template_revisions_org_id_template_id_revision_pk" PRIMARY KEY("org_id","template_id","revision")
);
--> statement-breakpoint
ALTER TABLE "outreach_template_revisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outreach_templates" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"revision" integer NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outreach_templates_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "outreach_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "outreach_keys" ADD CONSTRAINT "outreach_keys_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_mail_bodies" ADD CONSTRAINT "outreach_mail_bodies_org_id_mail_id_outreach_mails_org_id_id_fk" FOREIGN KEY ("org_id","mail_id") REFERENCES "public"."outreach_mails"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_mails" ADD CONSTRAINT "outreach_mails_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_mails" ADD CONSTRAINT "outreach_mails_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_mails" ADD CONSTRAINT "outreach_mails_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_mails" ADD CONSTRAINT "outreach_mails_org_id_template_id_outreach_templates_org_id_id_fk" FOREIGN KEY ("org_id","template_id") REFERENCES "public"."outreach_templates"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_suppressions" ADD CONSTRAINT "outreach_suppressions_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_template_revisions" ADD CONSTRAINT "outreach_template_revisions_org_id_template_id_outreach_templates_org_id_id_fk" FOREIGN KEY ("org_id","template_id") REFERENCES "public"."outreach_templates"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outreach_templates" ADD CONSTRAINT "outreach_templates_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outreach_mails_by_token" ON "outreach_mails" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "outreach_mails_lead" ON "outreach_mails" USING btree ("org_id","lead_id","id");--> statement-breakpoint
CREATE INDEX "outreach_mails_person" ON "outreach_mails" USING btree ("org_id","person_id");--> statement-breakpoint
CREATE INDEX "outreach_mails_activity" ON "outreach_mails" USING btree ("org_id","activity_id");--> statement-breakpoint
CREATE INDEX "outreach_mails_template" ON "outreach_mails" USING btree ("org_id","template_id","ordered_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_keys" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_mail_bodies" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_mails" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_suppressions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_template_revisions" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "outreach_templates" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('outreach_keys');
--> statement-breakpoint
select clew_ops.protect('outreach_mail_bodies');
--> statement-breakpoint
select clew_ops.protect('outreach_mails');
--> statement-breakpoint
select clew_ops.protect('outreach_suppressions');
--> statement-breakpoint
select clew_ops.protect('outreach_templates');
--> statement-breakpoint
select clew_ops.protect('outreach_template_revisions', true);
--> statement-breakpoint
-- The schedule finds the mails that are due across organisations; what it does then, it does inside one.
create index outreach_mails_due on outreach_mails (next_at) where next_at is not null;
--> statement-breakpoint
grant select on outreach_mails to clew_resolve;
--> statement-breakpoint
create policy resolve on outreach_mails for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_mails(moment timestamptz, most integer) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select m.org_id, m.id from public.outreach_mails m where m.next_at <= moment order by m.next_at limit most
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_mails(timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_mails(timestamptz, integer) to clew_worker;
--> statement-breakpoint
create function clew_resolve.unsubscription(hash text) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select m.org_id, m.id from public.outreach_mails m where m.token_hash = hash
$$;
--> statement-breakpoint
revoke all on function clew_resolve.unsubscription(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.unsubscription(text) to clew_app;
--> statement-breakpoint
reset role;
