import type { JsonValue } from '~/lib/json-big'
import { readTracking } from '~/lib/click-ids'
import { momentOf, textOf } from '../clean-text'
import type { LeadDraft } from '../lead-draft'
import { own, type JsonObject } from './read-body'

/** A field as text under the first of these names that holds any; null where none does. */
export function fieldOf(body: JsonObject, names: string | readonly string[], most = 500): string | null {
  for (const name of typeof names === 'string' ? [names] : names) {
    const value = textOf(own(body, name), most)
    if (value !== null) return value
  }
  return null
}

/** An id as text, digit for digit; 0 and blank are how platforms write "none". */
export function idOf(body: JsonObject, names: string | readonly string[]): string | null {
  for (const name of typeof names === 'string' ? [names] : names) {
    const value = textOf(own(body, name), 200)
    if (value !== null && !/^(?:0+|-1|null|undefined)$/.test(value)) return value
  }
  return null
}

/** The pairs whose value is there. */
export const present = (pairs: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))

/** A moment of a platform that writes its times without a zone and means China's. */
export function chinaMoment(value: JsonValue | undefined): Date | null {
  const text = textOf(value, 40)
  if (text === null) return null
  const local = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/.exec(text.replaceAll('/', '-'))
  return local ? momentOf(`${local[1]}T${local[2] ?? '00:00:00'}+08:00`) : momentOf(text)
}

/** A moment as such a platform writes it: `yyyy-MM-dd HH:mm:ss`, China's time. */
export const chinaText = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

/** Where a landing page says its visitor came from. */
export function trackingOf(landingPage: string | null): Pick<LeadDraft, 'utm' | 'clickIds' | 'landingPage'> {
  const { utm, clickIds, otherIds } = readTracking(landingPage ?? '')
  return { utm, clickIds: { ...otherIds, ...clickIds }, landingPage }
}

/** Whether a draft names anybody, or at least has something to say. */
export const isSomebody = ({ fullName, givenName, familyName, company, wechat, message, phones, emails }: LeadDraft): boolean =>
  phones.length > 0 || emails.length > 0 || [fullName, givenName, familyName, company, wechat, message].some((each) => each !== null)
