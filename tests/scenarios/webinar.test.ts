import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { funnelByStage } from '~/domain/analytics'
import { createSource, receiveDelivery } from '~/domain/capture'
import { toUuid } from '~/lib/ids'
import { countIn, processAll } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { attendance, registration, ZOOM_SECRET, zoomMessage } from '~tests/support/platforms/zoom'

const REGISTERED = 50
const ATTENDED = 21
const ASKED = 4

// product.md, "Webinar", a tenth of it and without its money: who asked is a lead, who only came is a person with touches.
it('50 registered, 21 attended, 4 asked: 4 leads, and each attendance hangs on who it was', async () => {
  const org = await anOrganisation()
  const source = await createSource(org.system, { connector: 'zoom', name: 'Webinar', secret: ZOOM_SECRET, leadRule: 'on_request', channel: '直播课' })
  const send = (body: object) => receiveDelivery({ ...zoomMessage(body, NOON), connector: 'zoom', sourceKey: source.sourceKey, requestId: 'test', now: NOON })
  const id = (n: number) => `R${String(n).padStart(3, '0')}`
  const registered = Array.from({ length: REGISTERED }, (_, n) => registration({
    id: id(n), email: `p${String(n)}@firm${String(n)}.com`, questions: [{ title: '是否需要顾问联系您？', value: n % 10 === 0 && n < ASKED * 10 ? '是' : '否' }],
  }))
  // Every second of the first 42 came; who sits at an even place leaves after 45 minutes, the others after 10.
  const attended = Array.from({ length: ATTENDED }, (_, n) => [
    attendance({ step: 'joined', at: '2024-05-15T02:00:00Z', registrant: id(n * 2), user: String(n) }),
    attendance({ step: 'left', at: n % 2 === 0 ? '2024-05-15T02:45:00Z' : '2024-05-15T02:10:00Z', registrant: id(n * 2), user: String(n) }),
  ]).flat()
  // Ten registrations come only after the webinar, ten messages twice.
  for (const body of [...registered.slice(10), ...attended, ...registered.slice(0, 10), ...attended.slice(0, 5), ...registered.slice(0, 5)]) expect((await send(body)).status).toBe(200)
  const verdicts = (await processAll(org)).map(({ verdict }) => verdict)
  expect(['processed', 'duplicate'].map((verdict) => verdicts.filter((each) => each === verdict).length)).toEqual([REGISTERED + ATTENDED * 2, 10])
  expect(await countIn(org, 'inquiries', 'people', 'leads', 'visitor_events')).toEqual({ inquiries: REGISTERED, people: REGISTERED, leads: ASKED, visitor_events: 0 })

  const [row] = await asSuperuser((tx) => tx.execute(sql`
    select count(distinct t.person_id)::int as attended, count(*) filter (where d.minutes >= 30)::int as stayed, count(distinct t.lead_id)::int as leads
    from touches t join touch_details d on d.org_id = t.org_id and d.touch_id = t.id where t.org_id = ${toUuid(org.orgId)}`))
  expect(row).toEqual({ attended: ATTENDED, stayed: 11, leads: ASKED })
  const funnel = await funnelByStage(await org.as('manager'), { from: '2024-05-01', to: '2024-05-31', by: 'channel', view: 'cohort' })
  expect(funnel.rows.map(({ label, leads }) => [label, leads])).toEqual([['直播课', ASKED]])
})
