set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "assignment_members" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"open_cap" integer,
	"languages" text[] NOT NULL,
	"skills" text[] NOT NULL,
	"takes_leads" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignment_members_org_id_member_id_pk" PRIMARY KEY("org_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "assignment_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assignment_receipts" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"event_key" text NOT NULL,
	"kind" text NOT NULL,
	"rule" text,
	"chosen_id" uuid,
	"pool_id" uuid,
	"looked" jsonb NOT NULL,
	"candidates" jsonb NOT NULL,
	"policy_version" integer,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignment_receipts_org_id_lead_id_id_pk" PRIMARY KEY("org_id","lead_id","id"),
	CONSTRAINT "assignment_receipts_event" UNIQUE("org_id","lead_id","event_key")
);
--> statement-breakpoint
ALTER TABLE "assignment_receipts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assignment_rule_sets" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"version" integer,
	"rules" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" uuid,
	"published_at" timestamp (3) with time zone,
	"published_by" uuid,
	CONSTRAINT "assignment_rule_sets_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "assignment_rule_sets_version" UNIQUE("org_id","version")
);
--> statement-breakpoint
ALTER TABLE "assignment_rule_sets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assignment_targets" (
	"org_id" uuid NOT NULL,
	"target" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignment_targets_org_id_target_pk" PRIMARY KEY("org_id","target")
);
--> statement-breakpoint
ALTER TABLE "assignment_targets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "assignment_turns" (
	"org_id" uuid NOT NULL,
	"target" text NOT NULL,
	"member_id" uuid NOT NULL,
	"standing" integer NOT NULL,
	CONSTRAINT "assignment_turns_org_id_target_member_id_pk" PRIMARY KEY("org_id","target","member_id")
);
--> statement-breakpoint
ALTER TABLE "assignment_turns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "handovers" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"way" text NOT NULL,
	"plan" jsonb NOT NULL,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"moved" integer DEFAULT 0 NOT NULL,
	"kept" integer DEFAULT 0 NOT NULL,
	"asked_by" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "handovers_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "handovers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ownership_changes" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_id" uuid,
	"to_id" uuid,
	"from_pool" uuid,
	"to_pool" uuid,
	"way" text NOT NULL,
	"reason" text,
	"note_id" uuid,
	"receipt_id" uuid,
	"protected_until" timestamp (3) with time zone,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ownership_changes_org_id_lead_id_id_pk" PRIMARY KEY("org_id","lead_id","id")
);
--> statement-breakpoint
ALTER TABLE "ownership_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pool_people" (
	"org_id" uuid NOT NULL,
	"pool_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"role" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pool_people_org_id_pool_id_subject_id_role_pk" PRIMARY KEY("org_id","pool_id","subject_id","role")
);
--> statement-breakpoint
ALTER TABLE "pool_people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pools" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"for_everyone" boolean DEFAULT true NOT NULL,
	"daily_cap" integer,
	"held_cap" integer,
	"protection_days" integer,
	"max_protection_days" integer,
	"first_contact_hours" integer,
	"idle_days" integer,
	"cool_down_hours" integer,
	"rules_since" timestamp (3) with time zone NOT NULL,
	"replan_after" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "pools_org_id_id_pk" PRIMARY KEY("org_id","id")
);
--> statement-breakpoint
ALTER TABLE "pools" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "pool_id" uuid;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "owned_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "protected_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "recycle_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "recycle_warned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "assignment_members" ADD CONSTRAINT "assignment_members_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_rule_sets" ADD CONSTRAINT "assignment_rule_sets_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_targets" ADD CONSTRAINT "assignment_targets_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_turns" ADD CONSTRAINT "assignment_turns_org_id_target_assignment_targets_org_id_target_fk" FOREIGN KEY ("org_id","target") REFERENCES "public"."assignment_targets"("org_id","target") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment_turns" ADD CONSTRAINT "assignment_turns_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handovers" ADD CONSTRAINT "handovers_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool_people" ADD CONSTRAINT "pool_people_org_id_pool_id_pools_org_id_id_fk" FOREIGN KEY ("org_id","pool_id") REFERENCES "public"."pools"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pools" ADD CONSTRAINT "pools_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_rule_sets_draft" ON "assignment_rule_sets" USING btree ("org_id") WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_rule_sets_published" ON "assignment_rule_sets" USING btree ("org_id") WHERE state = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_running" ON "handovers" USING btree ("org_id","member_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "handovers_member" ON "handovers" USING btree ("org_id","member_id","at");--> statement-breakpoint
CREATE INDEX "ownership_changes_lost" ON "ownership_changes" USING btree ("org_id","from_id","at") WHERE from_id is not null;--> statement-breakpoint
CREATE INDEX "ownership_changes_claimed" ON "ownership_changes" USING btree ("org_id","to_id","at") WHERE way = 'claim';--> statement-breakpoint
CREATE UNIQUE INDEX "pools_default" ON "pools" USING btree ("org_id") WHERE is_default;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_org_id_pool_id_pools_org_id_id_fk" FOREIGN KEY ("org_id","pool_id") REFERENCES "public"."pools"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leads_in_pool" ON "leads" USING btree ("org_id","pool_id","came_in_at","id") WHERE is_open and owner_id is null;--> statement-breakpoint
CREATE INDEX "leads_recycle" ON "leads" USING btree ("org_id","recycle_at") WHERE recycle_at is not null;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_placed" CHECK (not is_open or owner_id is not null or pool_id is not null) NOT VALID;--> statement-breakpoint
CREATE POLICY "tenant" ON "assignment_members" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "assignment_receipts" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "assignment_rule_sets" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "assignment_targets" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "assignment_turns" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "handovers" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "ownership_changes" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "pool_people" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "pools" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('pools');
--> statement-breakpoint
select clew_ops.protect('pool_people');
--> statement-breakpoint
select clew_ops.protect('assignment_rule_sets');
--> statement-breakpoint
select clew_ops.protect('assignment_targets');
--> statement-breakpoint
select clew_ops.protect('assignment_turns');
--> statement-breakpoint
select clew_ops.protect('assignment_members');
--> statement-breakpoint
select clew_ops.protect('handovers');
--> statement-breakpoint
-- Every organisation has a pool, every open lead has an owner or lies in it. The owner of the tables sees all organisations only for this.
alter table leads no force row level security;
--> statement-breakpoint
alter table organisations no force row level security;
--> statement-breakpoint
alter table pools no force row level security;
--> statement-breakpoint
alter table lead_changes no force row level security;
--> statement-breakpoint
insert into pools (org_id, id, is_default, rules_since, created_at) select o.org_id, gen_random_uuid(), true, now(), now() from organisations o;
--> statement-breakpoint
update leads l set pool_id = p.id, owned_since = case when l.owner_id is null then null else
    coalesce((select max(c.at) from lead_changes c where c.org_id = l.org_id and c.lead_id = l.id and c.kind = 'owner'), l.came_in_at) end
  from pools p where p.org_id = l.org_id and p.is_default and (l.is_open or l.owner_id is not null);
--> statement-breakpoint
-- The history so far: ids in it are written as they are shown.
create function clew_ops.uuid_of(shown text) returns uuid language plpgsql immutable set search_path = pg_catalog as $$
declare
  bits bit(130) := b'0'::bit(130);
  letter text;
begin
  if shown is null then
    return null;
  end if;
  foreach letter in array regexp_split_to_array(substring(shown from '_([0-9a-z]{26})$'), '') loop
    bits := (bits << 5) | (b'0'::bit(125) || (position(letter in '0123456789abcdefghjkmnpqrstvwxyz') - 1)::bit(5));
  end loop;
  return (select string_agg(to_hex(substring(bits from 3 + 4 * n for 4)::int), '' order by n) from generate_series(0, 31) n)::uuid;
end $$;
--> statement-breakpoint
insert into ownership_changes (org_id, lead_id, id, from_id, to_id, way, reason, actor_kind, actor_id, at)
  select c.org_id, c.lead_id, c.id, clew_ops.uuid_of(c.before), clew_ops.uuid_of(c.after), case when c.actor_kind = 'apiKey' then 'api' else 'hand' end, c.reason, c.actor_kind, c.actor_id, c.at
  from lead_changes c where c.kind = 'owner';
--> statement-breakpoint
drop function clew_ops.uuid_of(text);
--> statement-breakpoint
alter table leads force row level security;
--> statement-breakpoint
alter table organisations force row level security;
--> statement-breakpoint
alter table pools force row level security;
--> statement-breakpoint
alter table lead_changes force row level security;
--> statement-breakpoint
select clew_ops.protect('ownership_changes', true);
--> statement-breakpoint
select clew_ops.protect('assignment_receipts', true);
--> statement-breakpoint
alter table leads validate constraint leads_placed;
--> statement-breakpoint
-- No open lead without a place, whoever writes it: statements that bring many at once name no pool.
create function clew_ops.place_lead() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.owner_id is not null then
    new.owned_since := coalesce(new.owned_since, new.came_in_at);
  end if;
  if new.pool_id is not null then
    return new;
  end if;
  select p.id into new.pool_id from public.pools p where p.org_id = new.org_id and p.is_default;
  if new.pool_id is null then
    insert into public.pools (org_id, id, is_default, rules_since, created_at) values (new.org_id, gen_random_uuid(), true, new.created_at, new.created_at) on conflict do nothing;
    select p.id into new.pool_id from public.pools p where p.org_id = new.org_id and p.is_default;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger placed_at_birth before insert on leads for each row
  when ((new.is_open and new.pool_id is null) or (new.owner_id is not null and new.owned_since is null)) execute function clew_ops.place_lead();
--> statement-breakpoint
create trigger placed before update of is_open, owner_id, pool_id on leads for each row
  when (new.is_open and new.pool_id is null) execute function clew_ops.place_lead();
--> statement-breakpoint
-- With a lead that is taken back or purged go its receipts: only the one role that may delete them does.
create function clew_ops.forget_places() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if current_user = 'clew_privacy' then
    delete from public.ownership_changes o using gone where o.org_id = gone.org_id and o.lead_id = gone.id;
    delete from public.assignment_receipts r using gone where r.org_id = gone.org_id and r.lead_id = gone.id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger forget_places after delete on leads referencing old table as gone for each statement execute function clew_ops.forget_places();
--> statement-breakpoint
-- What an import is taken back by knows of owners: a lead that somebody else has moved since lives on, the import's own rows go.
set local role clew_privacy;
--> statement-breakpoint
do $$
declare
  before text := pg_get_functiondef('clew_ops.take_back_import(uuid, integer, uuid[])'::regprocedure);
  after text := replace(replace(before,
    'or exists (select from public.lead_changes h',
    'or exists (select from public.ownership_changes o where o.org_id = org and o.lead_id = l and o.way <> ''import'')' || chr(10) || '    or exists (select from public.lead_changes h'),
    'when ''lead_changes'' then ''t.at = $3'' end',
    'when ''lead_changes'' then ''t.at = $3'' when ''ownership_changes'' then ''t.way = ''''import'''' and t.at = $3'' end');
begin
  if after not like '%o.way <> ''import''%' or after not like '%''ownership_changes'' then%' then
    raise exception 'take_back_import is not as this migration knows it';
  end if;
  execute after;
end $$;
--> statement-breakpoint
reset role;
