set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "reconciliation_differences" (
	"org_id" uuid NOT NULL,
	"reconciliation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"at" timestamp (3) with time zone,
	"delivery_id" uuid,
	CONSTRAINT "reconciliation_differences_org_id_reconciliation_id_kind_external_id_pk" PRIMARY KEY("org_id","reconciliation_id","kind","external_id")
);
--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"platform_count" integer DEFAULT 0 NOT NULL,
	"our_count" integer DEFAULT 0 NOT NULL,
	"missing_count" integer DEFAULT 0 NOT NULL,
	"unknown_count" integer DEFAULT 0 NOT NULL,
	"fetched_count" integer DEFAULT 0 NOT NULL,
	"test_count" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"detail" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "reconciliations_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "reconciliations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_alarms" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"cleared_at" timestamp (3) with time zone,
	CONSTRAINT "source_alarms_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "source_alarms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_pulls" (
	"org_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"tried_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"read_until" timestamp (3) with time zone,
	"window_since" timestamp (3) with time zone,
	"window_until" timestamp (3) with time zone,
	"cursor" text,
	"seen" integer DEFAULT 0 NOT NULL,
	"stored" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"detail" text,
	"problem_since" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "source_pulls_org_id_source_id_pk" PRIMARY KEY("org_id","source_id")
);
--> statement-breakpoint
ALTER TABLE "source_pulls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_watches" (
	"org_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"looked_at" timestamp (3) with time zone NOT NULL,
	"watched_from" timestamp (3) with time zone NOT NULL,
	"rhythm" jsonb,
	"shape" jsonb,
	"learned_at" timestamp (3) with time zone,
	CONSTRAINT "source_watches_org_id_source_id_pk" PRIMARY KEY("org_id","source_id")
);
--> statement-breakpoint
ALTER TABLE "source_watches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_org_id_reconciliation_id_reconciliations_org_id_id_fk" FOREIGN KEY ("org_id","reconciliation_id") REFERENCES "public"."reconciliations"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_alarms" ADD CONSTRAINT "source_alarms_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_pulls" ADD CONSTRAINT "source_pulls_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_watches" ADD CONSTRAINT "source_watches_org_id_source_id_sources_org_id_id_fk" FOREIGN KEY ("org_id","source_id") REFERENCES "public"."sources"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reconciliations_source" ON "reconciliations" USING btree ("org_id","source_id","id");--> statement-breakpoint
CREATE INDEX "source_alarms_source" ON "source_alarms" USING btree ("org_id","source_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "source_alarms_open" ON "source_alarms" USING btree ("org_id","source_id","kind") WHERE cleared_at is null;--> statement-breakpoint
CREATE POLICY "tenant" ON "reconciliation_differences" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "reconciliations" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "source_alarms" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "source_pulls" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "source_watches" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('source_pulls');
--> statement-breakpoint
select clew_ops.protect('reconciliations');
--> statement-breakpoint
select clew_ops.protect('reconciliation_differences');
--> statement-breakpoint
select clew_ops.protect('source_watches');
--> statement-breakpoint
select clew_ops.protect('source_alarms');
