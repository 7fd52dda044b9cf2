import { log } from '~/platform/log'
import type { Context, EventName } from '../kernel'
import { audible } from './audible'
import { join } from './hub'
import type { LiveEvent } from './live-event'
import { missedEvents, placeOf, type Place } from './missed-events'

/** What a page is told: the event's number in the outbox, its kind and what it is about. `reset`: too much was missed, read anew. */
export type Told = { id: string; kind: EventName; about: string } | { id: null; kind: 'reset'; about: null }
/**
 * `lastEventId`: the number of the last event the page heard, from an earlier stream. `again`: asked every few
 * seconds for the actor as it is now; null when the session, key or member is no more.
 */
export type Listening = { lastEventId: string | null; again: () => Promise<Context | null> }
export type Subscription = { ended: Promise<void>; end: () => void }

const CHECK_MS = 4_000
const MOST_MISSED = 2_000
const MOST_WAITING = 1_000
const REMEMBERED = 4_000

/**
 * Tells `send` of everything in the organisation that the actor may see, until it ends. What the actor may see is
 * asked again before each event; an actor that is gone is cut off within 5 s. Missed events come first, at most
 * 2,000; beyond that one `reset`. An event is told at most once a stream.
 */
export function subscribe(ctx: Context, { lastEventId, again }: Listening, send: (told: Told) => Promise<void>): Subscription {
  const stream = openStream(ctx, send)
  void stream.turn(() => begin(stream, lastEventId))
  const check = async () => {
    const now = await again().catch(() => 'unknown' as const)
    if (now === null || (now !== 'unknown' && now.orgId !== ctx.orgId)) return stream.end()
    if (now !== 'unknown') stream.ctx = now
    // The net under NOTIFY, which forgets whoever is not connected.
    await stream.turn(() => catchUp(stream))
    if (!stream.over) timer = setTimeout(() => void check(), CHECK_MS)
  }
  let timer = setTimeout(() => void check(), CHECK_MS)
  void stream.ended.then(() => clearTimeout(timer))
  return { ended: stream.ended, end: stream.end }
}

type Stream = ReturnType<typeof openStream>

function openStream(ctx: Context, send: (told: Told) => Promise<void>) {
  let finish: () => void = () => undefined
  let tail: Promise<void> = Promise.resolve()
  const stream = {
    ctx, send, over: false,
    place: { relayedAt: ctx.now, seq: '0' } as Place,
    waiting: [] as LiveEvent[],
    known: new Set<string>(),
    ended: new Promise<void>((done) => (finish = done)),
    end() {
      if (stream.over) return
      stream.over = true
      leave()
      finish()
    },
    /** One thing at a time, in order; what fails is told by the next check. */
    turn(work: () => Promise<void>): Promise<void> {
      tail = tail.then(async () => { if (!stream.over) await work() }).catch((error: unknown) => log.warn({ err: error }, 'a live stream faltered'))
      return tail
    },
  }
  const leave = join({
    orgId: ctx.orgId,
    end: () => stream.end(),
    hear(events) {
      const idle = stream.waiting.length === 0
      stream.waiting.push(...events)
      if (idle) void stream.turn(() => drain(stream))
    },
  })
  return stream
}

async function begin(stream: Stream, lastEventId: string | null): Promise<void> {
  if (lastEventId === null || !/^\d{1,18}$/.test(lastEventId)) return
  const place = await placeOf(stream.ctx, lastEventId)
  if (place === null) return stream.send({ id: null, kind: 'reset', about: null })
  stream.known.add(lastEventId)
  stream.place = place
  await catchUp(stream)
}

async function catchUp(stream: Stream): Promise<void> {
  const { events, upTo } = await missedEvents(stream.ctx, stream.place, MOST_MISSED)
  if (events.length === MOST_MISSED) {
    stream.place = { relayedAt: stream.ctx.now > upTo ? stream.ctx.now : upTo, seq: '0' }
    return stream.send({ id: null, kind: 'reset', about: null })
  }
  await tell(stream, events)
  if (upTo > stream.place.relayedAt) stream.place = { relayedAt: upTo, seq: '0' }
}

async function drain(stream: Stream): Promise<void> {
  const events = stream.waiting
  stream.waiting = []
  if (events.length > MOST_WAITING) return stream.send({ id: null, kind: 'reset', about: null })
  await tell(stream, events)
}

async function tell(stream: Stream, events: readonly LiveEvent[]): Promise<void> {
  const fresh = events.filter(({ seq }) => !stream.known.has(seq))
  if (fresh.length === 0) return
  for (const event of await audible(stream.ctx, fresh)) {
    if (stream.over) return
    await stream.send({ id: event.seq, kind: event.kind, about: event.id })
  }
  for (const { seq } of fresh) stream.known.add(seq)
  for (const seq of stream.known) {
    if (stream.known.size <= REMEMBERED) break
    stream.known.delete(seq)
  }
}
