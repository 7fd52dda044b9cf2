set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "lead_calls" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lead_calls_org_id_lead_id_pk" PRIMARY KEY("org_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "lead_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "queue_items" (
	"org_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"value_lost_per_hour" double precision NOT NULL,
	"currency" text,
	"reason" text NOT NULL,
	"reason_at" timestamp (3) with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"rests_until" timestamp (3) with time zone,
	"factors" jsonb,
	"valued_at" timestamp (3) with time zone,
	"revalue_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queue_items_org_id_lead_id_pk" PRIMARY KEY("org_id","lead_id")
);
--> statement-breakpoint
ALTER TABLE "queue_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "queue_rates" (
	"org_id" uuid NOT NULL,
	"rates" jsonb NOT NULL,
	"learned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "queue_rates_org_id_pk" PRIMARY KEY("org_id")
);
--> statement-breakpoint
ALTER TABLE "queue_rates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "member_keys" (
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"keys" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_keys_org_id_member_id_pk" PRIMARY KEY("org_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "member_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "lead_calls" ADD CONSTRAINT "lead_calls_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_calls" ADD CONSTRAINT "lead_calls_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_items" ADD CONSTRAINT "queue_items_org_id_lead_id_leads_org_id_id_fk" FOREIGN KEY ("org_id","lead_id") REFERENCES "public"."leads"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queue_rates" ADD CONSTRAINT "queue_rates_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_keys" ADD CONSTRAINT "member_keys_org_id_member_id_members_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."members"("org_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "queue_items_order" ON "queue_items" USING btree ("org_id","owner_id","value_lost_per_hour" DESC NULLS LAST,"lead_id","rests_until","reason");--> statement-breakpoint
CREATE INDEX "queue_items_resting" ON "queue_items" USING btree ("org_id","owner_id","rests_until","lead_id") WHERE rests_until is not null;--> statement-breakpoint
CREATE POLICY "tenant" ON "lead_calls" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "queue_items" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "queue_rates" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "member_keys" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('queue_items');
--> statement-breakpoint
select clew_ops.protect('queue_rates');
--> statement-breakpoint
select clew_ops.protect('lead_calls');
--> statement-breakpoint
select clew_ops.protect('member_keys');
--> statement-breakpoint
-- Whatever writes a lead, its place in the queue is kept in the same transaction: capture, imports and merges write leads
-- in statements of their own. The trigger only knows who and whether; what it is worth is `placeInQueue`, soon after.
create function clew_ops.keep_queue_place() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.owner_id is null or not new.is_open or new.verdict <> 'valid' then
    delete from public.queue_items q where q.org_id = new.org_id and q.lead_id = new.id;
    return null;
  end if;
  insert into public.queue_items as q (org_id, lead_id, owner_id, value_lost_per_hour, reason, reason_at, rests_until, revalue_at)
  values (new.org_id, new.id, new.owner_id, case when new.is_imported then 0 else 1e15 end, case when new.last_contact_at is null then 'fresh' else 'open' end,
    coalesce(new.last_contact_at, new.came_in_at), greatest(new.snoozed_until, new.next_step_at), '-infinity')
  on conflict (org_id, lead_id) do update set owner_id = excluded.owner_id, revalue_at = excluded.revalue_at,
    rests_until = case when tg_op = 'UPDATE' and (old.snoozed_until is distinct from new.snoozed_until or old.next_step_at is distinct from new.next_step_at)
      then excluded.rests_until else q.rests_until end;
  return null;
end $$;
--> statement-breakpoint
create trigger queue_place_of_new after insert on leads for each row
  when (new.owner_id is not null and new.is_open and new.verdict = 'valid') execute function clew_ops.keep_queue_place();
--> statement-breakpoint
create trigger queue_place_of_changed after update of owner_id, is_open, verdict, snoozed_until, next_step_at, last_contact_at, version on leads for each row
  when ((old.owner_id is not null or new.owner_id is not null) and (old.is_open or new.is_open)) execute function clew_ops.keep_queue_place();
--> statement-breakpoint
-- The schedule finds what is due across organisations; what it does then, it does inside one.
create index queue_items_due on queue_items (revalue_at);
--> statement-breakpoint
grant select on queue_items to clew_resolve;
--> statement-breakpoint
create policy resolve on queue_items for select to clew_resolve using (true);
--> statement-breakpoint
set local role clew_resolve;
--> statement-breakpoint
create function clew_resolve.due_queue_items(moment timestamptz, most integer) returns table (org_id uuid, lead_id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select q.org_id, q.lead_id from public.queue_items q where q.revalue_at <= moment order by q.revalue_at limit most
$$;
--> statement-breakpoint
revoke all on function clew_resolve.due_queue_items(timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function clew_resolve.due_queue_items(timestamptz, integer) to clew_worker;
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- Leads that are open already get their place; the schedule values them within seconds, the newest of them first in sight.
do $$
declare
  orgs uuid[];
  org uuid;
begin
  set local role clew_resolve;
  orgs := array(select o.org_id from clew_resolve.organisations() o);
  reset role;
  foreach org in array orgs loop
    perform set_config('app.org_id', org::text, true);
    insert into queue_items (org_id, lead_id, owner_id, value_lost_per_hour, reason, reason_at, rests_until, revalue_at)
    select l.org_id, l.id, l.owner_id, 0, case when l.last_contact_at is null then 'fresh' else 'open' end, coalesce(l.last_contact_at, l.came_in_at),
      greatest(l.snoozed_until, l.next_step_at), '-infinity'
    from leads l where l.owner_id is not null and l.is_open and l.verdict = 'valid'
    on conflict do nothing;
  end loop;
  perform set_config('app.org_id', '', true);
end $$;
