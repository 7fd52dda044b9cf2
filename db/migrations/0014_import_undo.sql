set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "import_chunks" (
	"org_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"rows" integer NOT NULL,
	"leads" uuid[] NOT NULL,
	"inquiries" uuid[] NOT NULL,
	"people" uuid[] NOT NULL,
	"companies" uuid[] NOT NULL,
	"changed" jsonb NOT NULL,
	"added" jsonb NOT NULL,
	"noted" jsonb NOT NULL,
	"result" "bytea",
	"at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "import_chunks_org_id_import_id_n_pk" PRIMARY KEY("org_id","import_id","n")
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"fingerprint" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_mappings_org_id_kind_fingerprint_pk" PRIMARY KEY("org_id","kind","fingerprint")
);
--> statement-breakpoint
ALTER TABLE "import_mappings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "total_rows" integer;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "done_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "ran_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "kept" jsonb;--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_org_id_import_id_import_runs_org_id_id_fk" FOREIGN KEY ("org_id","import_id") REFERENCES "public"."import_runs"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant" ON "import_chunks" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "import_mappings" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('import_chunks');
--> statement-breakpoint
-- What a chunk did is written once; only that it was taken back is noted afterwards.
revoke update, delete on import_chunks from clew_app, clew_worker;
--> statement-breakpoint
grant update (undone_at) on import_chunks to clew_app, clew_worker;
--> statement-breakpoint
select clew_ops.protect('import_mappings');
--> statement-breakpoint
-- What an import made goes again. Moves and touches are append-only for everybody else; here only those of imports go.
set local role clew_privacy;
--> statement-breakpoint
create function clew_ops.drop_import_rows(org uuid, the_leads uuid[], the_inquiries uuid[]) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  delete from public.touches t where t.org_id = org and t.kind = 'import' and t.inquiry_id = any (the_inquiries)
    and t.lead_id = any (array(select q.lead_id from public.inquiries q where q.org_id = org and q.id = any (the_inquiries)));
  delete from public.inquiry_details d where d.org_id = org and d.inquiry_id = any (the_inquiries);
  delete from public.inquiries q where q.org_id = org and q.id = any (the_inquiries);
  delete from public.lead_people l where l.org_id = org and l.lead_id = any (the_leads);
  delete from public.lead_checklists l where l.org_id = org and l.lead_id = any (the_leads);
  delete from public.stage_moves m where m.org_id = org and m.lead_id = any (the_leads) and m.is_imported;
  delete from public.revenue_lines r where r.org_id = org and r.lead_id = any (the_leads) and r.is_imported;
  delete from public.lead_stages s where s.org_id = org and s.lead_id = any (the_leads);
  delete from public.leads l where l.org_id = org and l.id = any (the_leads);
end $$;
--> statement-breakpoint
create function clew_ops.take_back_import(import uuid, chunk integer, edited uuid[]) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
  c public.import_chunks;
  lived uuid[];
  gone uuid[];
  own uuid[];
  one uuid;
  who uuid[];
  firms uuid[];
  name text;
  keys text;
  proof text;
  the_leads uuid[];
  the_inquiries uuid[];
begin
  select * into c from public.import_chunks where org_id = org and import_id = import and n = chunk and undone_at is null;
  if c.n is null then
    return '{}';
  end if;
  if not exists (select from public.import_runs r where r.org_id = org and r.id = import and r.state = 'undoing') then
    raise exception 'this import is not being taken back' using errcode = 'insufficient_privilege';
  end if;
  -- A chunk is believed only where rows that nobody can change say the same: moves and touches written by an import at its moment.
  the_leads := array(select m.lead_id from public.stage_moves m join public.leads l on l.org_id = m.org_id and l.id = m.lead_id
    where m.org_id = org and m.lead_id = any (c.leads) and m.is_imported and m.from_stage is null and m.recorded_at = c.at and l.is_imported and l.created_at = c.at);
  the_inquiries := array(select q.id from public.inquiries q
    join public.sources s on s.org_id = q.org_id and s.id = q.source_id and s.connector = 'import'
    join public.touches t on t.org_id = q.org_id and t.lead_id = q.lead_id and t.inquiry_id = q.id and t.kind = 'import' and t.recorded_at = c.at
    where q.org_id = org and q.id = any (c.inquiries) and q.recorded_at = c.at);
  -- A lead lives on where somebody worked on it, or another inquiry joined it.
  lived := array(select l from unnest(the_leads) l where l = any (edited)
    or exists (select from public.inquiries q where q.org_id = org and q.lead_id = l and q.id <> all (the_inquiries))
    or exists (select from public.touches t where t.org_id = org and t.lead_id = l and t.kind <> 'import')
    or exists (select from public.activities a where a.org_id = org and a.lead_id = l)
    or exists (select from public.lead_changes h where h.org_id = org and h.lead_id = l)
    or exists (select from public.stage_moves m where m.org_id = org and m.lead_id = l and not m.is_imported));
  gone := array(select unnest(the_leads) except select unnest(lived));
  own := array(select q.id from public.inquiries q where q.org_id = org and q.id = any (the_inquiries) and (q.lead_id is null or q.lead_id <> all (lived)));
  begin
    perform clew_ops.drop_import_rows(org, gone, own);
  exception when foreign_key_violation then
    foreach one in array gone loop
      begin
        perform clew_ops.drop_import_rows(org, array[one], array(select q.id from public.inquiries q where q.org_id = org and q.lead_id = one and q.id = any (own)));
      exception when foreign_key_violation then
        lived := lived || one;
      end;
    end loop;
  end;
  -- What was added to records that were there before, by the same evidence.
  for name in select jsonb_object_keys(c.added) loop
    proof := case name
      when 'identities' then 't.created_at = $3' when 'company_phones' then 't.created_at = $3' when 'channels' then 't.created_at = $3'
      when 'campaigns' then 't.created_at = $3' when 'lead_people' then 't.added_at = $3' when 'employments' then 'true'
      when 'stage_moves' then 't.is_imported and t.recorded_at = $3' when 'revenue_lines' then 't.is_imported'
      when 'lead_changes' then 't.at = $3' end;
    continue when proof is null;
    select string_agg(format('t.%1$I = k.%1$I', a.attname), ' and ') into keys
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = format('public.%I', name)::regclass and i.indisprimary;
    begin
      execute format('delete from public.%1$I t using jsonb_populate_recordset(null::public.%1$I, $1) k where t.org_id = $2 and %2$s and %3$s', name, keys, proof)
        using c.added -> name, org, c.at;
    exception when foreign_key_violation then
      null;
    end;
  end loop;
  who := array(select p.id from public.people p where p.org_id = org and p.id = any (c.people) and p.created_at = c.at and p.id <> all (edited)
    and not exists (select from public.inquiries q where q.org_id = org and q.person_id = p.id)
    and not exists (select from public.leads l where l.org_id = org and l.person_id = p.id)
    and not exists (select from public.lead_people l where l.org_id = org and l.person_id = p.id)
    and not exists (select from public.touches t where t.org_id = org and t.person_id = p.id));
  foreach one in array who loop
    begin
      delete from public.identities i where i.org_id = org and i.person_id = one;
      delete from public.employments e where e.org_id = org and e.person_id = one;
      delete from public.match_keys k where k.org_id = org and k.person_id = one;
      delete from public.contact_hints h where h.org_id = org and h.person_id = one;
      delete from public.match_decisions d where d.org_id = org and one in (d.person_id, d.candidate_id) and d.state = 'open';
      delete from public.people p where p.org_id = org and p.id = one;
    exception when foreign_key_violation then
      who := array_remove(who, one);
    end;
  end loop;
  firms := array(select f.id from public.companies f where f.org_id = org and f.id = any (c.companies) and f.created_at = c.at and f.id <> all (edited)
    and not exists (select from public.inquiries q where q.org_id = org and q.company_id = f.id)
    and not exists (select from public.leads l where l.org_id = org and l.company_id = f.id)
    and not exists (select from public.employments e where e.org_id = org and e.company_id = f.id));
  foreach one in array firms loop
    begin
      delete from public.company_phones p where p.org_id = org and p.company_id = one;
      delete from public.companies f where f.org_id = org and f.id = one;
    exception when foreign_key_violation then
      firms := array_remove(firms, one);
    end;
  end loop;
  return jsonb_build_object('leads', to_jsonb(lived), 'people', to_jsonb(array(select unnest(c.people) except select unnest(who))),
    'companies', to_jsonb(array(select unnest(c.companies) except select unnest(firms))));
end $$;
--> statement-breakpoint
revoke all on function clew_ops.drop_import_rows(uuid, uuid[], uuid[]), clew_ops.take_back_import(uuid, integer, uuid[]) from public;
--> statement-breakpoint
grant execute on function clew_ops.take_back_import(uuid, integer, uuid[]) to clew_app, clew_worker;
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- Puts rows back as they were, where they still are as the import left them. Runs with the rights of who asks.
create function clew_ops.put_back(name text, rows jsonb) returns jsonb language plpgsql set search_path = pg_catalog as $$
declare
  columns text;
  keys text;
  step jsonb;
  done integer;
  kept jsonb := '[]';
begin
  select string_agg(format('%1$I = k.%1$I', a.attname), ', ') into columns
    from pg_attribute a where a.attrelid = format('public.%I', name)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname <> 'org_id';
  select string_agg(format('t.%1$I = k.%1$I', a.attname), ' and ') into keys
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = format('public.%I', name)::regclass and i.indisprimary;
  for step in select jsonb_array_elements(rows) loop
    execute format('update public.%1$I t set %2$s from jsonb_populate_record(null::public.%1$I, $1) k where %3$s and to_jsonb(t) = $2', name, columns, keys)
      using step -> 'before', step -> 'after';
    get diagnostics done = row_count;
    if done = 0 then
      kept := kept || jsonb_build_array(coalesce(step -> 'after' -> 'id', step -> 'after' -> 'lead_id', step -> 'after' -> 'inquiry_id'));
    end if;
  end loop;
  return kept;
end $$;
--> statement-breakpoint
revoke all on function clew_ops.put_back(text, jsonb) from public;
--> statement-breakpoint
grant execute on function clew_ops.put_back(text, jsonb) to clew_app, clew_worker;
--> statement-breakpoint
-- Young tables have no statistics, and then every check of a foreign key may read all of an organisation's rows. An import
-- outruns autovacuum: it asks for statistics of tables that have grown several times over.
create function clew_ops.analyse_intake(rows integer) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text;
begin
  for name in select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.reltuples < rows * 2.0 and c.relname in
    ('companies', 'people', 'identities', 'employments', 'leads', 'lead_stages', 'lead_people', 'stage_moves', 'inquiries', 'inquiry_details', 'touches') loop
    execute format('analyze (skip_locked) public.%I', name);
  end loop;
end $$;
--> statement-breakpoint
revoke all on function clew_ops.analyse_intake(integer) from public;
--> statement-breakpoint
grant execute on function clew_ops.analyse_intake(integer) to clew_app, clew_worker;
