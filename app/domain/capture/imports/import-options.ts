import * as z from 'zod'
import { idOf } from '../../kernel/contract'
import { conflictRules, ruledFields, type ConflictRule } from '../vocabulary'

export type { ConflictRule } from '../vocabulary'
export type ConflictRules = Readonly<Partial<Record<string, ConflictRule>>>

export const dayOrders = ['d/M', 'M/d'] as const
export const decimalMarks = ['.', ','] as const

/** Answers to what a file leaves open; each absent one is decided from the file or the organisation. */
export const ImportOptions = z.strictObject({
  dayOrder: z.enum(dayOrders).optional(),
  decimal: z.enum(decimalMarks).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'not-a-country').optional(),
  encoding: z.enum(['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be']).optional(),
  /** `off`: every row is somebody of its own; only its external id is looked up. */
  match: z.enum(['on', 'off']).optional(),
  rules: z.partialRecord(z.enum(ruledFields), z.enum(conflictRules)).optional(),
  /** names in the file that no member has, and whose they are; null leaves the owner empty */
  owners: z.record(z.string().max(200), idOf('mem').nullable()).optional(),
  /** channel names in the file, and the name they are kept under; empty leaves the channel empty */
  channels: z.record(z.string().max(200), z.string().max(200)).optional(),
})
export type ImportOptions = z.output<typeof ImportOptions>
