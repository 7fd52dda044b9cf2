import { expect, test } from 'vitest'
import { liveMessages } from '~/domain/notifications/live-event'
import { newId } from '~/lib/ids'
import type { RelayedEvent } from '~/domain/kernel'

const orgId = newId('org')
const changed = (seq: number): RelayedEvent => ({
  orgId, id: newId('evt'), seq: String(seq), name: 'lead.changed', payload: { leadId: newId('lead'), ownerId: newId('mem') }, requestId: 'r',
})

test('messages hold every event once, in order, within what NOTIFY carries', () => {
  const messages = liveMessages(Array.from({ length: 200 }, (_, index) => changed(index + 1)))
  const events = messages.flatMap((message) => JSON.parse(message) as { seq: string }[])
  expect(events.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  expect(Math.max(...messages.map((message) => Buffer.byteLength(message)))).toBeLessThanOrEqual(7_900)
  expect(messages.length).toBeLessThanOrEqual(4)
})

test('a message says which, of what kind and about what, and nothing of the payload', () => {
  const event = changed(7)
  expect(JSON.parse(liveMessages([event])[0] ?? '')).toEqual([{ org: orgId, seq: '7', kind: 'lead.changed', id: (event.payload as { leadId: string }).leadId }])
})

test('whoever loses a lead is named, so that their page can drop it', () => {
  const [from, to, leadId] = [newId('mem'), newId('mem'), newId('lead')]
  const [message = ''] = liveMessages([{ orgId, id: newId('evt'), seq: '1', name: 'lead.owner-changed', payload: { leadId, from, to }, requestId: null }])
  expect(JSON.parse(message)).toEqual([{ org: orgId, seq: '1', kind: 'lead.owner-changed', id: leadId, was: from }])
})

test('nothing to say is no message', () => {
  expect(liveMessages([])).toEqual([])
})
