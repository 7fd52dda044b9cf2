set local lock_timeout = '5s';
--> statement-breakpoint
set local role clew_search;
--> statement-breakpoint
-- Small organisations were compared row by row with hundreds of spellings: what that costs is not in the planner's sums.
create or replace function clew_find.named(kind text, words text[], near text[], most integer, deep boolean) returns table (id uuid) language plpgsql stable security definer
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
    -- Each of hundreds of spellings is looked up in the index; rows are then compared with those few that exist.
    execute format('select array(select w.word from unnest($3) as w(word) cross join lateral (select count(*) as n from (select 1 from %s t where t.org_id = $1 and t.tokens operator(pg_catalog.@>) ($2 || w.word) limit 60) found) c
      where c.n > 0 order by c.n desc limit 8)', source)
      into near using org, words, near;
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
reset role;
