set local lock_timeout = '5s';
--> statement-breakpoint
CREATE INDEX "delivery_outcomes_verdict" ON "delivery_outcomes" USING btree ("org_id","verdict","delivery_id");--> statement-breakpoint
CREATE INDEX "inquiries_person" ON "inquiries" USING btree ("org_id","person_id");--> statement-breakpoint
CREATE INDEX "inquiries_company" ON "inquiries" USING btree ("org_id","company_id");--> statement-breakpoint
set local role clew_search;
--> statement-breakpoint
-- An identity is found by its key, kind by kind; without the kinds every search read all identities there are.
create or replace function clew_find.leads(words text[], identity text, most integer) returns table (id uuid) language sql stable security definer set search_path = pg_catalog as $$
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
      join public.identities i on i.org_id = h.org_id and i.kind in ('phone', 'email', 'wechat', 'external') and i.value = identity
      join public.lead_people lp on lp.org_id = i.org_id and lp.person_id = i.person_id
      join public.leads l on l.org_id = lp.org_id and l.id = lp.lead_id
  )
  select found.id from found order by found.came_in_at desc, found.id desc limit most
$$;
--> statement-breakpoint
reset role;
