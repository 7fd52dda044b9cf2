set local lock_timeout = '5s';
--> statement-breakpoint
CREATE TABLE "token_renewals" (
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"after_id" text,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "token_renewals_org_id_kind_version_pk" PRIMARY KEY("org_id","kind","version")
);
--> statement-breakpoint
ALTER TABLE "token_renewals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "token_renewals" ADD CONSTRAINT "token_renewals_org_id_organisations_org_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisations"("org_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant" ON "token_renewals" AS PERMISSIVE FOR ALL TO public USING (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)) WITH CHECK (org_id = (select nullif(current_setting('app.org_id', true), '')::uuid));
--> statement-breakpoint
select clew_ops.protect('token_renewals');
--> statement-breakpoint
-- What somebody submitted is visible to them: without it every list of a rep read all leads.
create index if not exists leads_submitted on leads (org_id, submitted_by) where submitted_by is not null;
--> statement-breakpoint
create index company_phones_value on company_phones (org_id, value);
--> statement-breakpoint
-- Numbers by their last digits, addresses by their domain.
create index identities_ending on identities (org_id, kind, (reverse(value) collate "C") text_pattern_ops) where kind in ('phone', 'email');
--> statement-breakpoint
-- The key finds beginnings where the database sorts by code points; elsewhere it needs an index that does.
do $$ begin
  if (select datcollate not in ('C', 'POSIX', 'C.UTF-8', 'C.utf8') from pg_catalog.pg_database where datname = current_database()) then
    create index identities_beginning on identities (org_id, kind, value text_pattern_ops);
  end if;
end $$;
--> statement-breakpoint
set local role clew_search;
--> statement-breakpoint
-- People or companies under all of `words` and, where given, one of `near`. What is common is found among the newest,
-- what is rare by the index: so no search reads more than a bounded number of rows, however many there are.
create function clew_find.named(kind text, words text[], near text[], most integer, deep boolean) returns table (id uuid) language plpgsql stable security definer
  set search_path = pg_catalog set work_mem = '64MB' set enable_indexscan = on set enable_seqscan = off set jit = off as $$
declare
  org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
  source text := case kind when 'people' then 'public.people' when 'companies' then 'public.companies' end;
  fits text := concat_ws(' and ', case when cardinality(words) > 0 then 't.tokens operator(pg_catalog.@>) $2' end, case when cardinality(near) > 0 then 't.tokens operator(pg_catalog.&&) $3' end);
  newest constant text := 'select array(select w.id from (select t.id, t.tokens from %s t where t.org_id = $1 order by t.id desc limit $4) w where ' || replace(fits, 't.', 'w.') || ' limit $5)';
  hits uuid[];
  more uuid[];
begin
  if org is null or source is null or fits = '' then return; end if;
  if cardinality(near) > 12 then
    -- Hundreds of spellings are compared by the index alone; rows are then compared with those few that exist.
    perform set_config('enable_indexscan', 'off', true);
    execute format('with found as materialized (select t.tokens from %s t where t.org_id = $1 and %s), few as (select found.tokens from found limit 60)
      select array(select u.word from few cross join lateral unnest(few.tokens) as u(word) where u.word = any ($3) group by u.word order by count(*) desc limit 8)', source, fits)
      into near using org, words, near;
    perform set_config('enable_indexscan', 'on', true);
    if cardinality(near) = 0 then return; end if;
  end if;
  execute format(newest, source) into hits using org, words, near, 800, most;
  if cardinality(hits) >= 4 and cardinality(hits) < most then
    execute format(newest, source) into hits using org, words, near, 12000, most;
  end if;
  if cardinality(hits) < most and (deep or cardinality(hits) < 24) then
    perform set_config('enable_indexscan', 'off', true);
    execute format('with found as materialized (select t.id from %s t where t.org_id = $1 and %s) select array(select f.id from (select found.id from found limit $4) f order by f.id desc)', source, fits)
      into more using org, words, near, greatest(most, 3000);
    hits := hits || more;
  end if;
  return query select distinct on (h.id) h.id from unnest(hits) as h(id) order by h.id desc limit most;
end $$;
--> statement-breakpoint
revoke all on function clew_find.named(text, text[], text[], integer, boolean) from public;
--> statement-breakpoint
grant execute on function clew_find.named(text, text[], text[], integer, boolean) to clew_app, clew_worker;
--> statement-breakpoint
-- People by a whole identity, its beginning, or its end (given reversed). Beginnings and ends answer at most so many.
create function clew_find.contacts(kinds text[], whole text[], beginning text, ending text, most integer) returns table (id uuid, kind text, value text, shown text) language plpgsql stable security definer
  set search_path = pg_catalog set enable_seqscan = off set jit = off as $$
declare
  org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
begin
  if org is null then return; end if;
  if cardinality(whole) > 0 then
    return query select i.person_id, i.kind, i.value, i.shown from public.identities i where i.org_id = org and i.kind = any (kinds) and i.value = any (whole) limit most;
  end if;
  if length(beginning) > 2 then
    return query execute 'select i.person_id, i.kind, i.value, i.shown from public.identities i where i.org_id = $1 and i.kind = any ($2) and i.value like $3 limit $4'
      using org, kinds, regexp_replace(beginning, '([%_\\])', '\\\1', 'g') || '%', most;
  end if;
  if length(ending) > 2 then
    return query execute 'select i.person_id, i.kind, i.value, i.shown from public.identities i where i.org_id = $1 and i.kind = any ($2) and i.kind in (''phone'', ''email'') and (reverse(i.value) collate "C") like $3 limit $4'
      using org, kinds, regexp_replace(ending, '([%_\\])', '\\\1', 'g') || '%', most;
  end if;
end $$;
--> statement-breakpoint
revoke all on function clew_find.contacts(text[], text[], text, text, integer) from public;
--> statement-breakpoint
grant execute on function clew_find.contacts(text[], text[], text, text, integer) to clew_app, clew_worker;
--> statement-breakpoint
-- Leads of people and companies, of everybody who was merged with them too, the newest first; a duplicate is told by
-- the lead that stands for it. With `owners`, theirs and what `me` submitted.
create function clew_find.leads_of(persons uuid[], firms uuid[], owners uuid[], me uuid, most integer) returns table (id uuid) language sql stable security definer
  set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
  with here as (select nullif(current_setting('app.org_id', true), '')::uuid as org_id),
  roots as (
    select p.org_id, coalesce(p.canonical_id, p.id) as id from here h join public.people p on p.org_id = h.org_id and p.id = any (persons)
  ), everybody as (
    select r.org_id, r.id from roots r
    union
    select o.org_id, o.id from roots r join public.people o on o.org_id = r.org_id and o.canonical_id = r.id
  ), firm_roots as (
    select c.org_id, coalesce(c.canonical_id, c.id) as id from here h join public.companies c on c.org_id = h.org_id and c.id = any (firms)
  ), all_firms as (
    select r.org_id, r.id from firm_roots r
    union
    select o.org_id, o.id from firm_roots r join public.companies o on o.org_id = r.org_id and o.canonical_id = r.id
  ), raw as (
    select l.org_id, l.id, l.came_in_at, l.duplicate_of, l.owner_id, l.submitted_by from all_firms f join public.leads l on l.org_id = f.org_id and l.company_id = f.id
    union
    select l.org_id, l.id, l.came_in_at, l.duplicate_of, l.owner_id, l.submitted_by from everybody e
      join public.lead_people lp on lp.org_id = e.org_id and lp.person_id = e.id
      join public.leads l on l.org_id = lp.org_id and l.id = lp.lead_id
  ), found as (
    select raw.id, raw.came_in_at, raw.owner_id, raw.submitted_by from raw where raw.duplicate_of is null
    union
    select l.id, l.came_in_at, l.owner_id, l.submitted_by from raw join public.leads l on l.org_id = raw.org_id and l.id = raw.duplicate_of
  )
  select found.id from found where owners is null or found.owner_id = any (owners) or found.submitted_by = me
  order by found.came_in_at desc, found.id desc limit most
$$;
--> statement-breakpoint
revoke all on function clew_find.leads_of(uuid[], uuid[], uuid[], uuid, integer) from public;
--> statement-breakpoint
grant execute on function clew_find.leads_of(uuid[], uuid[], uuid[], uuid, integer) to clew_app, clew_worker;
--> statement-breakpoint
-- Among the newest leads of some owners (and what `me` submitted) those whose people and company together hold the
-- words. Reads nobody else's rows, so that its time tells nothing about them. `whole`: nothing was left out.
create function clew_find.owned(words text[], near text[], owners uuid[], me uuid, looked integer, most integer) returns table (id uuid, whole boolean) language plpgsql stable security definer
  set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off as $$
declare
  org uuid := nullif(current_setting('app.org_id', true), '')::uuid;
  each integer := greatest(50, looked / greatest(1, cardinality(owners)));
  mine uuid[];
begin
  if org is null or (coalesce(cardinality(words), 0) = 0 and coalesce(cardinality(near), 0) = 0) then return; end if;
  select array_agg(m.id order by m.came_in_at desc) into mine from (
    select t.id, t.came_in_at from unnest(owners) as o(id) cross join lateral (
      (select l.id, l.came_in_at from public.leads l where l.org_id = org and l.owner_id = o.id and l.is_open order by l.came_in_at desc, l.id desc limit each)
      union all
      (select l.id, l.came_in_at from public.leads l where l.org_id = org and l.owner_id = o.id and not l.is_open order by l.came_in_at desc, l.id desc limit each)) t
    union
    (select l.id, l.came_in_at from public.leads l where l.org_id = org and l.submitted_by = me limit each)) m;
  return query
    select w.id, coalesce(cardinality(mine), 0) < each from (
      select l.id, lp.person_id, coalesce(lc.tokens, '{}') || coalesce(c.tokens, '{}') as firm from unnest(mine) as m(id)
      join public.leads l on l.org_id = org and l.id = m.id and l.duplicate_of is null
      left join public.companies lc on lc.org_id = org and lc.id = l.company_id
      left join public.companies c on c.org_id = org and c.id = lc.canonical_id
      left join public.lead_people lp on lp.org_id = org and lp.lead_id = l.id
      offset 0) w
    left join public.people p on p.org_id = org and p.id = w.person_id
    left join public.people r on r.org_id = org and r.id = p.canonical_id
    where (coalesce(cardinality(words), 0) = 0 or (coalesce(p.tokens, '{}') || coalesce(r.tokens, '{}') || w.firm) operator(pg_catalog.@>) words)
      and (coalesce(cardinality(near), 0) = 0 or exists (select from unnest(coalesce(p.tokens, '{}') || coalesce(r.tokens, '{}') || w.firm) as u(word) where u.word = any (near)))
    limit most;
end $$;
--> statement-breakpoint
revoke all on function clew_find.owned(text[], text[], uuid[], uuid, integer, integer) from public;
--> statement-breakpoint
grant execute on function clew_find.owned(text[], text[], uuid[], uuid, integer, integer) to clew_app, clew_worker;
--> statement-breakpoint
-- The list's search: as before, but of bounded work. The newest come first, then as many as the index finds.
create or replace function clew_find.leads(words text[], identity text, most integer) returns table (id uuid) language sql stable security definer set search_path = pg_catalog set jit = off as $$
  with known as (select c.id from clew_find.contacts(array['phone', 'email', 'wechat', 'external'], array[identity], null, null, 100) c)
  select f.id from clew_find.leads_of(
    array(select n.id from clew_find.named('people', words, null, most, true) n) || array(select known.id from known),
    array(select n.id from clew_find.named('companies', words, null, least(most, 2000), true) n), null, null, most) f
$$;
--> statement-breakpoint
reset role;
