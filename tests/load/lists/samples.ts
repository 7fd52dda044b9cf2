import type { Sql } from 'postgres'
import { fromUuid, toUuid, type Id } from '~/lib/ids'

export type Sample = { name: string; company: string; phone: string; email: string | null }
export type Around = { channel: Id<'ch'>[]; campaign: Id<'cmp'>[]; days: { from: string; to: string }; middle: string }

/** People from everywhere in time, and what filters ask for. */
export async function sample(db: Sql, orgId: Id<'org'>, most: number): Promise<{ samples: Sample[]; reps: string[]; around: Around }> {
  const org = toUuid(orgId)
  const [span] = await db<{ first: Date; last: Date }[]>`select (select came_in_at from leads where org_id = ${org} order by came_in_at limit 1) as first, (select came_in_at from leads where org_id = ${org} order by came_in_at desc limit 1) as last`
  if (span === undefined) throw new Error('There are no leads')
  const samples: Sample[] = []
  for (let n = 0; n < most; n += 1) {
    const at = new Date(span.first.getTime() + ((span.last.getTime() - span.first.getTime()) * ((n * 0.618) % 1)))
    const [row] = await db<Sample[]>`select p.name, c.name as company, ph.value as phone, e.value as email from leads l
      join people p on p.org_id = l.org_id and p.id = l.person_id join companies c on c.org_id = l.org_id and c.id = l.company_id
      join identities ph on ph.org_id = p.org_id and ph.person_id = p.id and ph.kind = 'phone' left join identities e on e.org_id = p.org_id and e.person_id = p.id and e.kind = 'email'
      where l.org_id = ${org} and l.came_in_at >= ${at} order by l.came_in_at limit 1`
    if (row !== undefined) samples.push(row)
  }
  const reps = await db<{ id: string }[]>`select id from members where org_id = ${org} order by id`
  const channels = await db<{ id: string }[]>`select id from channels where org_id = ${org} order by name`
  const campaigns = await db<{ id: string }[]>`select id from campaigns where org_id = ${org} order by name limit 20`
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const middle = new Date((span.first.getTime() + span.last.getTime()) / 2)
  const around: Around = {
    channel: channels.map(({ id }) => fromUuid('ch', id)), campaign: campaigns.map(({ id }) => fromUuid('cmp', id)), middle: day(middle),
    days: { from: day(new Date(middle.getTime() - 30 * 86_400_000)), to: day(middle) },
  }
  return { samples, reps: reps.map(({ id }) => id), around }
}
