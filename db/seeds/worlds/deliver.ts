import { createHash } from 'node:crypto'
import type { Id } from '~/lib/ids'
import type { Channel } from './house'
import type { Told } from './tell'

const DAY = 86_400_000
/** Messages are told for the last days only: the log is for what happens now. */
const REMEMBERED = 14 * DAY

type Message = { channel: Channel; at: Date; externalId: string; inquiryId: Id<'inq'>; leadId: Id<'lead'>; email: string }

/** The message an inquiry came by, where a platform pushed it; now and then it came twice. */
export function deliver(told: Told, message: Message): Id<'dlv'> | null {
  const { chance: luck, house, rows } = told
  const { channel, at } = message
  if (channel.story.connector === 'partner-portal' || at.getTime() < house.end.getTime() - REMEMBERED) return null
  const first = store(told, message, at)
  rows.deliveryKeys.push({ orgId: house.orgId, sourceId: channel.sourceId, dedupeKey: message.externalId, deliveryId: first })
  rows.deliveryOutcomes.push({ orgId: house.orgId, id: luck.id('dlo', at), deliveryId: first, verdict: 'processed', leadId: message.leadId, inquiryId: message.inquiryId, at })
  const again = new Date(at.getTime() + 40_000)
  if (!luck.happens(0.07) || again >= house.end) return first
  const second = store(told, message, again)
  rows.deliveryOutcomes.push({ orgId: house.orgId, id: luck.id('dlo', again), deliveryId: second, verdict: 'duplicate', firstDeliveryId: first, at: again })
  return first
}

function store({ chance: luck, house: { orgId }, rows }: Told, { channel, externalId, email }: Message, at: Date): Id<'dlv'> {
  const { connector } = channel.story
  const google = { lead_id: externalId, user_column_data: [{ column_id: 'EMAIL', string_value: email }], api_version: '1.0' }
  const body = Buffer.from(JSON.stringify(connector === 'google-ads' ? google : { type: 'lead.created', data: { external_id: externalId, email } }))
  const id = luck.id('dlv', at)
  rows.deliveries.push({
    orgId, id, sourceId: channel.sourceId, connector, dedupeKey: externalId, bodySha256: createHash('sha256').update(body).digest('hex'), bodyBytes: body.length, replyStatus: 200, receivedAt: at,
  })
  rows.deliveryBodies.push({ orgId, deliveryId: id, headers: { 'content-type': 'application/json' }, body })
  return id
}
