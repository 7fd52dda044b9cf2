set local lock_timeout = '5s';
--> statement-breakpoint
create schema if not exists clew_ops;
--> statement-breakpoint
create schema if not exists clew_resolve;
--> statement-breakpoint
create schema if not exists clew_find;
--> statement-breakpoint
-- Append-only tables refuse changes twice: no grant, and this trigger.
create function clew_ops.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if current_user = 'clew_privacy' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
-- The one way a tenant table is locked: row-level security forced, grants by kind, nothing for anybody else.
create function clew_ops.protect(target regclass, append_only boolean default false) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  if append_only then
    execute format('grant select, insert on %s to clew_app, clew_worker', target);
    execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function clew_ops.refuse_change()', target);
  else
    execute format('grant select, insert, update, delete on %s to clew_app, clew_worker', target);
  end if;
  execute format('grant select, delete on %s to clew_privacy', target);
end $$;
--> statement-breakpoint
-- Months of the partitioned tables: the month is read off the UUIDv7 in the key, so keys stay (org_id, id).
create function clew_ops.ensure_partitions(moment timestamptz, months integer default 3) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  parent record;
  step integer;
  first_day timestamptz;
  low text;
  high text;
  part text;
  made integer := 0;
begin
  for parent in
    select c.oid, c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
    join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'
  loop
    for step in 0..months loop
      first_day := date_trunc('month', moment at time zone 'UTC') at time zone 'UTC' + make_interval(months => step);
      part := parent.relname || to_char(first_day at time zone 'UTC', '_YYYY_MM');
      continue when to_regclass('public.' || quote_ident(part)) is not null;
      low := rpad(lpad(to_hex((extract(epoch from first_day) * 1000)::bigint), 12, '0'), 32, '0');
      high := rpad(lpad(to_hex((extract(epoch from first_day + interval '1 month') * 1000)::bigint), 12, '0'), 32, '0');
      begin
        execute format('create table public.%I partition of public.%I for values from (%L) to (%L)', part, parent.relname, low::uuid, high::uuid);
        execute format('alter table public.%I enable row level security', part);
        execute format('alter table public.%I force row level security', part);
        made := made + 1;
      exception when check_violation then
        raise notice 'rows of % are already in the rest partition', part;
      end;
    end loop;
  end loop;
  return made;
end $$;
--> statement-breakpoint
revoke all on function clew_ops.ensure_partitions(timestamptz, integer) from public;
--> statement-breakpoint
revoke all on function clew_ops.protect(regclass, boolean) from public;
