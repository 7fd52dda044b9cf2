import type * as z from 'zod'
import { DomainError } from '../kernel'

/** Where a page of a list ends, as text that callers hand back unread. */
export function writeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Refuses `invalid` where the text was not written by `writeCursor` for this list. */
export function readCursor<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> | null {
  if (text === undefined || text === '') return null
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new DomainError('invalid', { fields: { cursor: ['not-a-cursor'] } })
  }
}
