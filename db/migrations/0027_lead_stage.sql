set local lock_timeout = '5s';
--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "stage" text DEFAULT 'inquiry' NOT NULL;
--> statement-breakpoint
-- Lists find and count by stage within `leads`; whatever writes a stage, its lead says the same in the same transaction.
create function clew_ops.keep_stage() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update public.leads l set stage = new.stage where l.org_id = new.org_id and l.id = new.lead_id and l.stage <> new.stage;
  return null;
end $$;
--> statement-breakpoint
create trigger stage_of_new after insert on lead_stages for each row when (new.stage <> 'inquiry') execute function clew_ops.keep_stage();
--> statement-breakpoint
create trigger stage_of_changed after update of stage on lead_stages for each row when (old.stage is distinct from new.stage) execute function clew_ops.keep_stage();
--> statement-breakpoint
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
    update leads l set stage = s.stage from lead_stages s where l.org_id = org and s.org_id = org and s.lead_id = l.id and s.stage <> 'inquiry';
  end loop;
  perform set_config('app.org_id', '', true);
end $$;
--> statement-breakpoint
-- In the order of lists, and with what filters ask most: a page and a count read the index alone.
create index leads_stage on leads (org_id, stage, came_in_at, id) include (verdict) where duplicate_of is null;
--> statement-breakpoint
create index leads_channel_stage on leads (org_id, channel_id, stage, came_in_at, id) include (verdict) where duplicate_of is null and channel_id is not null;
--> statement-breakpoint
create index leads_of_owner on leads (org_id, owner_id, came_in_at, id) include (verdict, stage) where duplicate_of is null and owner_id is not null;
--> statement-breakpoint
create index leads_campaign on leads (org_id, campaign_id, came_in_at, id) include (verdict, stage) where duplicate_of is null and campaign_id is not null;
--> statement-breakpoint
create index leads_submitted_by on leads (org_id, submitted_by, came_in_at, id) where submitted_by is not null;
