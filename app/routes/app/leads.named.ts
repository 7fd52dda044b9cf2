import { parseDateTime } from '~/lib/dates'

/**
 * The lead a door is about: of its path, or `?lead=` at the queue's doors, whose paths are the same for every lead,
 * so that the browser knows them before the network goes away. The verb refuses what is no id.
 */
export function leadOf(params: Record<string, string>, request: Request): never {
  return (params['leadId'] ?? new URL(request.url).searchParams.get('lead')) as never
}

/** A moment as a form says it: one with its zone, a time of the organisation, `hour` for in an hour; nothing is none. The verb refuses what is no moment. */
export function momentSaid(text: string | undefined, now: Date, timeZone: string): Date | null {
  if (text === undefined || text === '') return null
  if (text === 'hour') return new Date(now.getTime() + 3_600_000)
  const at = parseDateTime(text, { timeZone })
  return at.ok ? at.at : new Date(Number.NaN)
}
