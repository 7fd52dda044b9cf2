set local lock_timeout = '5s';
--> statement-breakpoint
create table deliveries_rest partition of deliveries default;
--> statement-breakpoint
alter table deliveries_rest enable row level security;
--> statement-breakpoint
alter table deliveries_rest force row level security;
--> statement-breakpoint
create table delivery_bodies_rest partition of delivery_bodies default;
--> statement-breakpoint
alter table delivery_bodies_rest enable row level security;
--> statement-breakpoint
alter table delivery_bodies_rest force row level security;
--> statement-breakpoint
create table delivery_outcomes_rest partition of delivery_outcomes default;
--> statement-breakpoint
alter table delivery_outcomes_rest enable row level security;
--> statement-breakpoint
alter table delivery_outcomes_rest force row level security;
--> statement-breakpoint
create table touches_rest partition of touches default;
--> statement-breakpoint
alter table touches_rest enable row level security;
--> statement-breakpoint
alter table touches_rest force row level security;
--> statement-breakpoint
select clew_ops.protect('activities');
--> statement-breakpoint
select clew_ops.protect('api_keys');
--> statement-breakpoint
select clew_ops.protect('audit_entries', true);
--> statement-breakpoint
select clew_ops.protect('campaigns');
--> statement-breakpoint
select clew_ops.protect('channels');
--> statement-breakpoint
select clew_ops.protect('companies');
--> statement-breakpoint
select clew_ops.protect('company_phones');
--> statement-breakpoint
select clew_ops.protect('deliveries', true);
--> statement-breakpoint
select clew_ops.protect('delivery_bodies');
--> statement-breakpoint
select clew_ops.protect('delivery_keys');
--> statement-breakpoint
select clew_ops.protect('delivery_outcomes', true);
--> statement-breakpoint
select clew_ops.protect('employments');
--> statement-breakpoint
select clew_ops.protect('exposures');
--> statement-breakpoint
select clew_ops.protect('external_campaigns');
--> statement-breakpoint
select clew_ops.protect('idempotency_keys');
--> statement-breakpoint
select clew_ops.protect('identities');
--> statement-breakpoint
select clew_ops.protect('import_runs');
--> statement-breakpoint
select clew_ops.protect('inquiries');
--> statement-breakpoint
select clew_ops.protect('inquiry_details');
--> statement-breakpoint
select clew_ops.protect('invitations');
--> statement-breakpoint
select clew_ops.protect('lead_changes', true);
--> statement-breakpoint
select clew_ops.protect('lead_checklists');
--> statement-breakpoint
select clew_ops.protect('lead_people');
--> statement-breakpoint
select clew_ops.protect('lead_stages');
--> statement-breakpoint
select clew_ops.protect('leads');
--> statement-breakpoint
select clew_ops.protect('members');
--> statement-breakpoint
select clew_ops.protect('organisations');
--> statement-breakpoint
select clew_ops.protect('outbox');
--> statement-breakpoint
select clew_ops.protect('outbox_receipts');
--> statement-breakpoint
select clew_ops.protect('people');
--> statement-breakpoint
select clew_ops.protect('product_lines');
--> statement-breakpoint
select clew_ops.protect('revenue_lines');
--> statement-breakpoint
select clew_ops.protect('sources');
--> statement-breakpoint
select clew_ops.protect('stage_moves', true);
--> statement-breakpoint
select clew_ops.protect('teams');
--> statement-breakpoint
select clew_ops.protect('touches', true);
--> statement-breakpoint
select clew_ops.protect('visibility_rules');
--> statement-breakpoint
grant usage on schema clew_ops, clew_resolve, clew_find to clew_app, clew_worker;
--> statement-breakpoint
grant execute on function clew_ops.ensure_partitions(timestamptz, integer) to clew_worker;
--> statement-breakpoint
grant usage on schema auth to clew_auth;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema auth to clew_auth;
--> statement-breakpoint
-- The relay and the schedule work across organisations, by policies of their own.
create policy relay on outbox for all to clew_worker using (true) with check (true);
--> statement-breakpoint
create policy relay on outbox_receipts for all to clew_worker using (true) with check (true);
--> statement-breakpoint
-- Definer functions that turn a key into (organisation, id) before an organisation is known.
grant usage, create on schema clew_resolve to clew_resolve;
--> statement-breakpoint
grant usage on schema public to clew_resolve, clew_search, clew_privacy;
--> statement-breakpoint
grant select on sources to clew_resolve;
--> statement-breakpoint
create policy resolve on sources for select to clew_resolve using (true);
--> statement-breakpoint
grant select on api_keys to clew_resolve;
--> statement-breakpoint
create policy resolve on api_keys for select to clew_resolve using (true);
--> statement-breakpoint
grant select on members to clew_resolve;
--> statement-breakpoint
create policy resolve on members for select to clew_resolve using (true);
--> statement-breakpoint
grant select on organisations to clew_resolve;
--> statement-breakpoint
create policy resolve on organisations for select to clew_resolve using (true);
--> statement-breakpoint
grant select on invitations to clew_resolve;
--> statement-breakpoint
create policy resolve on invitations for select to clew_resolve using (true);
--> statement-breakpoint
grant select on deliveries to clew_resolve;
--> statement-breakpoint
create policy resolve on deliveries for select to clew_resolve using (true);
--> statement-breakpoint
create function clew_resolve.source(key text) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select s.org_id, s.id from public.sources s where s.key = $1
$$;
--> statement-breakpoint
revoke all on function clew_resolve.source(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.source(text) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_resolve.source(text) owner to clew_resolve;
--> statement-breakpoint
create function clew_resolve.api_key(secret_hash text) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select k.org_id, k.id from public.api_keys k where k.secret_hash = $1
$$;
--> statement-breakpoint
revoke all on function clew_resolve.api_key(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.api_key(text) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_resolve.api_key(text) owner to clew_resolve;
--> statement-breakpoint
create function clew_resolve.memberships(user_id text) returns table (org_id uuid, id uuid, org_name text, role text, is_demo boolean) language sql stable security definer set search_path = pg_catalog as $$
  select m.org_id, m.id, o.name, m.role, o.is_demo from public.members m join public.organisations o on o.org_id = m.org_id where m.user_id = $1 and m.status = 'active' order by m.created_at
$$;
--> statement-breakpoint
revoke all on function clew_resolve.memberships(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.memberships(text) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_resolve.memberships(text) owner to clew_resolve;
--> statement-breakpoint
create function clew_resolve.invitation(token_hash text) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select i.org_id, i.id from public.invitations i where i.token_hash = $1
$$;
--> statement-breakpoint
revoke all on function clew_resolve.invitation(text) from public;
--> statement-breakpoint
grant execute on function clew_resolve.invitation(text) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_resolve.invitation(text) owner to clew_resolve;
--> statement-breakpoint
create function clew_resolve.receipt(delivery_id uuid) returns table (org_id uuid, id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select d.org_id, d.id from public.deliveries d where d.id = $1
$$;
--> statement-breakpoint
revoke all on function clew_resolve.receipt(uuid) from public;
--> statement-breakpoint
grant execute on function clew_resolve.receipt(uuid) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_resolve.receipt(uuid) owner to clew_resolve;
--> statement-breakpoint
-- Search: under a policy only leakproof operators use an index, so search filters the organisation itself.
grant usage, create on schema clew_find to clew_search;
--> statement-breakpoint
grant select on people to clew_search;
--> statement-breakpoint
create policy search on people for select to clew_search using (true);
--> statement-breakpoint
grant select on companies to clew_search;
--> statement-breakpoint
create policy search on companies for select to clew_search using (true);
--> statement-breakpoint
grant select on leads to clew_search;
--> statement-breakpoint
create policy search on leads for select to clew_search using (true);
--> statement-breakpoint
grant select on lead_people to clew_search;
--> statement-breakpoint
create policy search on lead_people for select to clew_search using (true);
--> statement-breakpoint
grant select on identities to clew_search;
--> statement-breakpoint
create policy search on identities for select to clew_search using (true);
--> statement-breakpoint
create function clew_find.leads(words text[], identity text, most integer) returns table (id uuid) language sql stable security definer set search_path = pg_catalog as $$
  with here as (select nullif(current_setting('app.org_id', true), '')::uuid as org_id),
  found as (
    select l.id, l.came_in_at from here h
      join public.companies c on c.org_id = h.org_id and c.tokens operator(pg_catalog.@>) words
      join public.leads l on l.org_id = c.org_id and l.company_id = c.id
    union
    select l.id, l.came_in_at from here h
      join public.people p on p.org_id = h.org_id and p.tokens operator(pg_catalog.@>) words
      join public.lead_people lp on lp.org_id = p.org_id and lp.person_id = p.id
      join public.leads l on l.org_id = lp.org_id and l.id = lp.lead_id
    union
    select l.id, l.came_in_at from here h
      join public.identities i on i.org_id = h.org_id and i.value = identity
      join public.lead_people lp on lp.org_id = i.org_id and lp.person_id = i.person_id
      join public.leads l on l.org_id = lp.org_id and l.id = lp.lead_id
  )
  select found.id from found order by found.came_in_at desc, found.id desc limit most
$$;
--> statement-breakpoint
revoke all on function clew_find.leads(text[], text, integer) from public;
--> statement-breakpoint
grant execute on function clew_find.leads(text[], text, integer) to clew_app, clew_worker;
--> statement-breakpoint
alter function clew_find.leads(text[], text, integer) owner to clew_search;
--> statement-breakpoint
-- An organisation leaves without trace. Passes repeat until foreign keys let go; tables added later are covered.
grant create on schema clew_ops to clew_privacy;
--> statement-breakpoint
create function clew_ops.purge_org(target uuid) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text;
  gone bigint := 0;
  step bigint;
  blocked boolean := true;
begin
  perform set_config('app.org_id', target::text, true);
  for pass in 1..12 loop
    exit when not blocked;
    blocked := false;
    for name in
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by c.oid desc
    loop
      begin
        execute format('delete from public.%I where org_id = $1', name) using target;
        get diagnostics step = row_count;
        gone := gone + step;
      exception when foreign_key_violation then
        blocked := true;
      end;
    end loop;
  end loop;
  if blocked then
    raise exception 'purge of % left rows behind', target;
  end if;
  return gone;
end $$;
--> statement-breakpoint
revoke all on function clew_ops.purge_org(uuid) from public;
--> statement-breakpoint
grant execute on function clew_ops.purge_org(uuid) to clew_worker;
--> statement-breakpoint
grant usage on schema clew_ops to clew_privacy;
--> statement-breakpoint
alter function clew_ops.purge_org(uuid) owner to clew_privacy;
--> statement-breakpoint
-- The schedule goes through the organisations one by one. A policy would let every query of the worker see them all.
create function clew_resolve.organisations() returns table (org_id uuid) language sql stable security definer set search_path = pg_catalog as $$
  select o.org_id from public.organisations o order by o.created_at
$$;
--> statement-breakpoint
revoke all on function clew_resolve.organisations() from public;
--> statement-breakpoint
grant execute on function clew_resolve.organisations() to clew_worker;
--> statement-breakpoint
alter function clew_resolve.organisations() owner to clew_resolve;
