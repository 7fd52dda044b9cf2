import { readTracking, type Tracking } from '~/lib/click-ids'
import { cleanText, momentOf } from '../clean-text'
import { one, type Entries } from './read-entries'

/** Where somebody came from: the page they landed on last and, where they allowed it to be kept, first. */
export type Came = { utm: Record<string, string>; clickIds: Record<string, string>; landingPage: string | null; referrer: string | null; at: Date | null }

const clean = (record: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(record).flatMap(([name, value]) => { const text = value === undefined ? null : cleanText(value, 2000); return text === null ? [] : [[name, text]] }))

const address = (value: string | null): string | null => (value !== null && /^https?:\/\//i.test(value) ? cleanText(value, 2000) : null)

/** The last touch: the page of the form, and whatever the form's own fields say of it. */
export function lastTouch(entries: Entries): Came {
  const landingPage = address(one(entries, '_page'))
  const seen = readTracking(landingPage ?? '')
  const said = readTracking(new URLSearchParams(Object.entries(entries).flatMap(([name, [value = '']]) => (name.startsWith('_') ? [] : [[name, value]]))))
  return came(seen, said, landingPage, address(one(entries, '_referrer')), null)
}

/** The first touch, which the embed keeps only after consent; null where nothing is known of it. */
export function firstTouch(entries: Entries): Came | null {
  const landingPage = address(one(entries, '_first_page'))
  if (landingPage === null) return null
  return came(readTracking(landingPage), readTracking(''), landingPage, address(one(entries, '_first_referrer')), momentOf(one(entries, '_first_at')))
}

function came(seen: Tracking, said: Tracking, landingPage: string | null, referrer: string | null, at: Date | null): Came {
  return {
    utm: clean({ ...seen.utm, ...said.utm }), clickIds: clean({ ...seen.otherIds, ...seen.clickIds, ...said.otherIds, ...said.clickIds }), landingPage, referrer, at,
  }
}

/** The id the embed gave this browser after consent; null without one or with one we did not make. */
export function visitorOf(entries: Entries): string | null {
  const id = one(entries, '_visitor')
  return id !== null && /^[\w-]{16,64}$/.test(id) ? id : null
}
