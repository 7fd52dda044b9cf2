import * as z from 'zod'
import { isId, type Id } from '~/lib/ids'
import { isDate } from '~/lib/period'

/** An id of one kind, as it stands in addresses and answers. */
export const idOf = <P extends string>(prefix: P) =>
  z.custom<Id<P>>((value) => isId(prefix, value), { message: 'not-an-id' })

/** Text a person typed: trimmed, NFC, without control characters, of a sensible length. */
export const line = (most = 200) =>
  z.string().transform((text) => text.normalize('NFC').replace(/[\u0000-\u001f\u007f]+/gu, ' ').trim()).pipe(z.string().max(most, 'too-long'))
export const requiredLine = (most = 200) => line(most).pipe(z.string().min(1, 'required'))
/** Several lines of text; line breaks stay. */
export const paragraph = (most = 4000) =>
  z.string().transform((text) => text.normalize('NFC').replace(/[\u0000-\u0008\u000b-\u001f\u007f]+/gu, ' ').trim()).pipe(z.string().max(most, 'too-long'))

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'not-a-currency')
/** A day that exists, of years that PostgreSQL and people mean. */
export const localDay = z.string().refine((day) => isDate(day) && day >= '1900-01-01' && day < '2200-01-01', 'not-a-day')
export const moment = z.coerce.date({ error: 'not-a-moment' })
export const nothing = z.object({}).optional()
