set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "contact_codes" (
	"org_id" uuid NOT NULL,
	"code" text NOT NULL,
	"lead_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"member_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "contact_codes_org_id_code_pk" PRIMARY KEY("org_id","code")
);
--> statement-breakpoint
ALTER TABLE "contact_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "touch_keys" (
	"org_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "touch_keys_org_id_source_id_key_pk" PRIMARY KEY("org_id","source_id","key")
);
--> statement-breakpoint
ALTER TABLE "touch_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visitor_event_names" (
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"event_id" uuid NOT NULL,
	"is_visitor" boolean NOT NULL,
	CONSTRAINT "visitor_event_names_org_id_name_event_id_pk" PRIMARY KEY("org_id","name","event_id")
);
--> statement-breakpoint
ALTER TABLE "visitor_event_names" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visitor_events" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"channel_id" uuid,
	"campaign_id" uuid,
	"kind" text,
	"verdict" text NOT NULL,
	"answers" jsonb NOT NULL,
	"utm" jsonb NOT NULL,
	"click_ids" jsonb NOT NULL,
	"session" text,
	"is_first_response" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visitor_events_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "visitor_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visitors" (
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"person_id" uuid NOT NULL,
	"bound_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "visitors_org_id_name_pk" PRIMARY KEY("org_id","name")
);
--> statement-breakpoint
ALTER TABLE "visitors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "touch_details" (
	"org_id" uuid NOT NULL,
	"touch_id" uuid NOT NULL,
	"answers" jsonb NOT NULL,
	"utm" jsonb NOT NULL,
	"click_ids" jsonb NOT NULL,
	"session" text,
	"at" timestamp (3) with time zone NOT NULL,
	"minutes" integer,
	CONSTRAINT "touch_details_org_id_touch_id_pk" PRIMARY KEY("org_id","touch_id")
);
--> statement-breakpoint
ALTER TABLE "touch_details" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "contact_codes" ADD CONSTRAINT "contact_codes_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_codes" ADD CONSTRAINT "contact_codes_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_codes" ADD CONSTRAINT "contact_codes_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "touch_keys" ADD CONSTRAINT "touch_keys_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_event_names" ADD CONSTRAINT "visitor_event_names_org_id_event_id_visitor_events_org_id_id_fk" FOREIGN KEY ("org_id","event_id") REFERENCES "public"."visitor_events"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_events" ADD CONSTRAINT "visitor_events_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_events" ADD CONSTRAINT "visitor_events_org_id_channel_id_channels_org_id_id_fk" FOREIGN KEY ("org_id","channel_id") REFERENCES "public"."channels"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_events" ADD CONSTRAINT "visitor_events_org_id_campaign_id_campaigns_org_id_id_fk" FOREIGN KEY ("org_id","campaign_id") REFERENCES "public"."campaigns"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_org_id_person_id_people_org_id_id_fk" FOREIGN KEY ("org_id","person_id") REFERENCES "public"."people"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_codes_lead" ON "contact_codes" USING btree ("org_id","lead_id");--> statement-breakpoint
CREATE INDEX "visitor_event_names_event" ON "visitor_event_names" USING btree ("org_id","event_id");--> statement-breakpoint
CREATE INDEX "visitor_events_kept" ON "visitor_events" USING btree ("org_id","kept_at");--> statement-breakpoint
CREATE INDEX "visitors_person" ON "visitors" USING btree ("org_id","person_id");--> statement-breakpoint
CREATE INDEX "touch_details_session" ON "touch_details" USING btree ("org_id","session");--> statement-breakpoint
CREATE POLICY "tenant" ON "contact_codes" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "touch_keys" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "visitor_event_names" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "visitor_events" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "visitors" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "touch_details" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('touch_details');
--> statement-breakpoint
select clew_ops.protect('touch_keys');
--> statement-breakpoint
select clew_ops.protect('visitor_events');
--> statement-breakpoint
select clew_ops.protect('visitor_event_names');
--> statement-breakpoint
select clew_ops.protect('visitors');
--> statement-breakpoint
select clew_ops.protect('contact_codes');
