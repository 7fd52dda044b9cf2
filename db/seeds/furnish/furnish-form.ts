import { sql } from 'drizzle-orm'
import { createForm, formDetail, processDeliveries, publishForm, readReceipt, shownForm, submitForm, updateForm } from '~/domain/capture'
import { assignLeads } from '~/domain/assignment'
import { inTransaction, systemContext, type Context } from '~/domain/kernel'
import { logContact } from '~/domain/leads'
import { defaultVisibility } from '~/domain/orgs/vocabulary'
import type { Id } from '~/lib/ids'
import { nextWorkingMoment } from '~/lib/working-time'
import { outbox } from '~db/schema'
import type { House, World } from '../worlds'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Makes and publishes the organisation's own form, and fills it in as visitors did. */
export async function furnishForm(world: World, house: House, marketer: Context): Promise<void> {
  const { form } = world
  const made = { ...marketer, now: new Date(house.end.getTime() - 20 * DAY) }
  const channelId = house.channels.find(({ story }) => story.name === form.channel)?.id ?? null
  const places = { channelId, campaignId: null, productLineId: null, ownerId: null, leadRule: 'always' as const, defaultCountry: world.country }
  const { formId, formKey } = await createForm(made, { name: form.name, language: world.locale, ...places })
  const { draft } = await formDetail(made, { formId })
  const words = (text: string) => ({ en: world.locale === 'en' ? text : '', 'zh-CN': world.locale === 'zh-CN' ? text : '' })
  const options = form.interest.options.map((label, at) => ({ value: `o${at + 1}`, label: words(label) }))
  const interest = { key: 'q1', kind: 'choice', isRequired: false, label: words(form.interest.label), options }
  await updateForm(made, {
    formId, definition: {
      title: words(form.title), intro: words(form.intro), fields: [...draft.fields, interest],
      consents: [{ key: 'privacy', purpose: 'privacy', isRequired: true, text: words(form.consent) }],
    },
  })
  await publishForm(made, { formId })
  for (const { back, trap, ...typed } of form.submissions) {
    const now = new Date(house.end.getTime() - back * HOUR)
    const deliveryId = await submit(formKey, world, { ...typed, q1: 'o1', ...(trap === undefined ? {} : { fax_number: trap }) }, now)
    const [verdict] = await processDeliveries(systemContext(house.orgId, 'process-delivery', now), { deliveryIds: [deliveryId] })
    if (verdict?.leadId != null && back > 24) await call(house, verdict.leadId, now)
  }
}

type Typed = Readonly<Record<string, string>>

async function submit(formKey: string, world: World, { name = '', ...typed }: Typed, now: Date) {
  const { shownAt, id } = await shownForm(formKey, new Date(now.getTime() - 70_000))
  const body = new URLSearchParams({ ...typed, full_name: name, 'consent.privacy': 'on', _t: shownAt, _id: id, _lang: world.locale })
  const answer = await submitForm({
    formKey, raw: Buffer.from(body.toString()), headers: { 'content-type': 'application/x-www-form-urlencoded' }, isOwnPage: true, ip: '203.0.113.7', requestId: 'demo', now,
  })
  const deliveryId = answer.kind === 'kept' ? readReceipt(answer.receipt) : null
  if (deliveryId === null) throw new Error(`the submission of ${name} was not kept`)
  return deliveryId
}

// Whoever got it calls within the hour; who came of late still waits.
async function call(house: House, leadId: Id<'lead'>, cameAt: Date): Promise<void> {
  const system = systemContext(house.orgId, 'assign-lead', cameAt)
  const told = sql`${outbox.name} = 'lead.captured' and ${outbox.payload}->>'leadId' = ${leadId}`
  const [event] = await inTransaction(system, 'read only', (tx) => tx.select({ id: outbox.id }).from(outbox).where(told).limit(1))
  // Under the event's own name, so that the worker finds it done.
  const [assigned] = await assignLeads(system, { arrivals: [{ leadId, eventKey: event?.id ?? leadId }] })
  const at = new Date((nextWorkingMoment(cameAt, house.calendar) ?? cameAt).getTime() + 40 * 60_000)
  const owner = house.seats.find(({ id }) => id === assigned?.ownerId)
  if (owner === undefined || at >= house.end) return
  const actor = { kind: 'user' as const, userId: 'demo', memberId: owner.id, role: owner.role, teamId: null, visibility: defaultVisibility[owner.role] }
  await logContact({ orgId: house.orgId, now: at, requestId: 'demo', actor }, { leadId, kind: 'call', outcome: 'connected', nextStepAt: new Date(house.end.getTime() + 2 * DAY) })
}
