import { createHash } from 'node:crypto'
import type { Way } from '~/domain/capture/vocabulary'
import type { Id } from '~/lib/ids'
import { bodyOf, isNamedOnly, namingOf, type Said } from './bodies'
import type { Channel } from './house'
import type { Arrival, Told } from './tell'

const DAY = 86_400_000
/** Messages are told for the last four weeks: so much is needed to learn when a source usually speaks. */
const REMEMBERED = 28 * DAY

type Message = { arrival: Arrival; at: Date; externalId: string; inquiryId: Id<'inq'>; personId: Id<'per'> }

/** The message an inquiry came by, where a platform pushed it; now and then it came twice. */
export function deliver(told: Told, message: Message): Id<'dlv'> | null {
  const { chance: luck, house, rows } = told
  const { arrival: { channel, leadId }, at, externalId, inquiryId } = message
  if (channel.story.connector === 'partner-portal' || at.getTime() < house.end.getTime() - REMEMBERED) return null
  const said = sayingOf(told, message)
  const { connector } = channel.story
  const verdict = { orgId: house.orgId, verdict: 'processed' as const, leadId, inquiryId }
  if (isNamedOnly(connector)) named(told, message, said)
  const body = bodyOf(connector, said)
  const first = store(told, channel, { body, at, dedupeKey: externalId, way: isNamedOnly(connector) ? 'fetch' : 'push' })
  rows.deliveryKeys.push({ orgId: house.orgId, sourceId: channel.sourceId, dedupeKey: externalId, deliveryId: first })
  rows.deliveryOutcomes.push({ ...verdict, id: luck.id('dlo', at), deliveryId: first, at })
  const again = new Date(at.getTime() + 40_000)
  if (isNamedOnly(connector) || !luck.happens(0.07) || again >= house.end) return first
  const second = store(told, channel, { body, at: again, dedupeKey: externalId })
  rows.deliveryOutcomes.push({ orgId: house.orgId, id: luck.id('dlo', again), deliveryId: second, verdict: 'duplicate', firstDeliveryId: first, at: again })
  return first
}

// The push that named the lead: it was asked for, and what it became is the answer's.
function named(told: Told, { arrival: { channel, leadId }, at, externalId, inquiryId }: Message, said: Said): void {
  const { chance: luck, house: { orgId }, rows } = told
  const pushed = new Date(at.getTime() - 2_000)
  const key = `push-${externalId}`
  const id = store(told, channel, { body: namingOf(channel.story.connector, said), at: pushed, dedupeKey: key })
  const fetchId = luck.id('fet', pushed)
  rows.deliveryKeys.push({ orgId, sourceId: channel.sourceId, dedupeKey: key, deliveryId: id })
  rows.deliveryOutcomes.push({ orgId, id: luck.id('dlo', at), deliveryId: id, verdict: 'processed', leadId, inquiryId, at })
  rows.fetches.push({ orgId, id: fetchId, sourceId: channel.sourceId, externalId, ask: {}, state: 'done', attempts: 1, createdAt: pushed, orderedAt: pushed, settledAt: at })
  rows.fetchOrders.push({ orgId, fetchId, deliveryId: id })
}

function sayingOf({ rows, world }: Told, { arrival, at, externalId, personId }: Message): Said {
  const person = rows.people.findLast(({ id }) => id === personId)
  const company = arrival.companyId === null ? undefined : rows.companies.findLast(({ id }) => id === arrival.companyId)
  const shown = (kind: 'email' | 'phone') => rows.identities.findLast((one) => one.personId === personId && one.kind === kind)?.shown ?? null
  return {
    externalId, at, name: person?.name ?? '', given: person?.givenName ?? '', family: person?.familyName ?? '', title: person?.title ?? '', email: shown('email') ?? '', phone: shown('phone'),
    company: company?.name ?? null, region: company?.region ?? null, city: company?.city ?? null, message: arrival.message, product: world.products[0]?.name ?? '',
    campaign: arrival.channel.campaigns.find(({ id }) => id === arrival.campaignId)?.name ?? null,
  }
}

export type Stored = { body: Buffer | null; at: Date; dedupeKey: string; way?: Way; replyStatus?: number }

/** A message as it was kept; one that was turned away is kept without its body. */
export function store({ chance: luck, house: { orgId }, rows }: Told, { sourceId, story }: Channel, { body, at, dedupeKey, way = 'push', replyStatus = 200 }: Stored): Id<'dlv'> {
  const id = luck.id('dlv', at)
  const bytes = body ?? Buffer.from(dedupeKey)
  rows.deliveries.push({
    orgId, id, sourceId, connector: story.connector, dedupeKey, bodySha256: createHash('sha256').update(bytes).digest('hex'), bodyBytes: bytes.length, replyStatus, receivedAt: at, way,
  })
  if (body !== null) rows.deliveryBodies.push({ orgId, deliveryId: id, headers: { 'content-type': 'application/json' }, body })
  return id
}
