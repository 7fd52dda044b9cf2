set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "import_files" (
	"org_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"content" "bytea",
	"mapping" jsonb,
	"plan" jsonb,
	"result" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_files_org_id_import_id_pk" PRIMARY KEY("org_id","import_id")
);
--> statement-breakpoint
ALTER TABLE "import_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "state" text DEFAULT 'done' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_org_id_import_id_import_runs_org_id_id_fk" FOREIGN KEY ("org_id","import_id") REFERENCES "public"."import_runs"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_runs_started" ON "import_runs" USING btree ("org_id","started_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "import_files" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
select clew_ops.protect('import_files');
