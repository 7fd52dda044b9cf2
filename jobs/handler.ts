import type { Context, EventName, Events } from '~/domain/kernel'
import type { Id } from '~/lib/ids'

/** What a handler hears: the event as it was written, with its own id. */
export type Heard<N extends EventName> = { [K in N]: { id: Id<'evt'>; name: K; payload: Events[K] } }[N]

/**
 * Work that an event starts, as `system` in the event's organisation. It may run again after a crash, so its
 * effect carries a unique key of its own table. What it throws is tried again, eight times in all.
 */
export type Handler<N extends EventName = EventName> = (ctx: Context, event: Heard<N>) => Promise<void>

/** The same for many events of one organisation at once: all or nothing. Where it throws, each is handled alone. */
export type BatchHandler<N extends EventName = EventName> = (ctx: Context, events: readonly Heard<N>[]) => Promise<void>
