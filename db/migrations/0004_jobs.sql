set local lock_timeout = '5s';
--> statement-breakpoint
-- Of the installation, not of an organisation: which workers live, and when recurring work ran.
create table clew_ops.workers (
  id uuid primary key,
  started_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  queue_answers boolean not null,
  metrics jsonb
);
--> statement-breakpoint
create table clew_ops.schedules (
  name text collate "C" primary key,
  due_at timestamptz(3) not null,
  ran_at timestamptz(3),
  took_ms integer,
  failure text
);
--> statement-breakpoint
grant select on clew_ops.workers, clew_ops.schedules to clew_app, clew_worker;
--> statement-breakpoint
grant insert, update, delete on clew_ops.workers, clew_ops.schedules to clew_worker;
--> statement-breakpoint
-- The ledger belongs to the owner; readiness only wants its length.
create function clew_ops.applied_migrations() returns integer language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return (select count(*)::integer from drizzle.__drizzle_migrations);
end $$;
--> statement-breakpoint
revoke all on function clew_ops.applied_migrations() from public;
--> statement-breakpoint
grant execute on function clew_ops.applied_migrations() to clew_app, clew_worker;
--> statement-breakpoint
-- A page that comes back resumes in the order in which events were relayed.
create index outbox_relayed on outbox (org_id, relayed_at, seq) where relayed_at is not null;
--> statement-breakpoint
-- BullMQ adds jobs in bulk through a temporary table.
do $$
begin
  if not has_database_privilege('clew_worker', current_database(), 'temporary') then
    execute format('grant temporary on database %I to clew_worker', current_database());
  end if;
end $$;
