import { dayMonthOrder, parseDateTime } from '~/lib/dates'
import { foldedName } from '../../leads'
import type { ImportKind } from '../vocabulary'
import { vendorOf, type VendorName } from './vendors'
import { fieldOfHeader, foldHeader, importFields, isConsentHeader, momentFields, type ImportField } from './fields'
import { dateFormat } from './read-cells'
import { finish, type ColumnTarget, type Mapping } from './mapping'

/** A column as the rules see it: its name and the values of the first rows. */
type Column = { header: string; values: readonly string[]; filled: readonly string[] }

/** Why a column was proposed for its field; shown beside it. */
export type ProposalReason = VendorName | 'name' | 'date-name' | 'only-date' | 'unique-id' | 'known-ids' | 'looks-like-email' | 'looks-like-phone' | 'own-field'
export type Proposal = { mapping: Mapping; reasons: Record<string, ProposalReason> }

/** How many of these values are external ids of leads this organisation has; decides between several id columns. */
export type CountKnown = (values: readonly string[]) => Promise<number>

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u
const PHONE = /^\+?[\d\s().-]{7,20}$/u
const ID_NAME = /(?:^|[_\-\s.])(?:id|uuid|guid|key|no|number|code)$|[a-z](?:Id|ID)$|编号$|号$/u
const ID_SHARE = 0.7
const DATE_NAMES: readonly (readonly [ImportField, RegExp])[] = [
  ['won_at', /won|sold|sign|deal|close|成交|签约|签单/u],
  ['lost_at', /lost|lose|输单|丢单/u],
  ['graded_at', /grade|评级/u],
  ['qualified_at', /qualif|有效/u],
  ['created_at', /create|contact|inquir|enquir|submit|register|receiv|lead|first|entry|date|time|day|创建|咨询|提交|登记|日期|时间/u],
]

/**
 * Proposes a mapping from names and from the values of the first rows: names of other systems first, then dates,
 * then the id, then the organisation's own fields (`own`: their names, folded, to their keys). Nothing is known about any
 * particular file.
 */
export async function proposeMapping(kind: ImportKind, headers: readonly string[], rows: readonly (readonly string[])[], countKnown: CountKnown, own: ReadonlyMap<string, string> = new Map()): Promise<Proposal> {
  const columns = headers.map((header, index) => {
    const values = rows.map((row) => (row[index] ?? '').trim())
    return { header, values, filled: values.filter((value) => value !== '') }
  })
  const taken = new Map<ImportField, { column: Column; reason: ProposalReason }>()
  const free = () => columns.filter((column) => ![...taken.values()].some((each) => each.column === column) && !isConsentHeader(column.header))
  const take = (field: ImportField, column: Column | undefined, reason: ProposalReason) => {
    if (column !== undefined && !taken.has(field) && (importFields[kind] as readonly string[]).includes(field)) taken.set(field, { column, reason })
  }

  const vendor = vendorOf(headers)
  for (const column of free()) takeByName(column, vendor, take)
  if (!taken.has('channel') && taken.has('source')) renameSource(taken)
  for (const [field, name] of DATE_NAMES) take(field, free().find((column) => name.test(foldHeader(column.header)) && isDates(column, 0.5)), 'date-name')
  if (kind === 'leads') take('created_at', onlyOne(free().filter((column) => isDates(column))), 'only-date')
  take('email', free().find((column) => mostly(column, EMAIL)), 'looks-like-email')
  take('phone', taken.has('mobile') ? undefined : free().find((column) => /phone|tel|mobil|电话|手机/iu.test(column.header) && mostly(column, PHONE)), 'looks-like-phone')
  await takeId(free(), take, countKnown)

  const targets = [...taken].map(([field, { column }]): ColumnTarget => ({ column: column.header, index: headers.indexOf(column.header), field, custom: null, format: formatOf(field, column) }))
  const ours = kind === 'leads' ? ownColumns(free(), own) : []
  targets.push(...ours.map(({ header, key }): ColumnTarget => ({ column: header, index: headers.indexOf(header), field: null, custom: key, format: null })))
  targets.sort((a, b) => headers.indexOf(a.column) - headers.indexOf(b.column))
  return {
    mapping: finish(targets, headers, null),
    reasons: Object.fromEntries([...[...taken.values()].map(({ column, reason }) => [column.header, reason] as const), ...ours.map(({ header }) => [header, 'own-field'] as const)]),
  }
}

// The first column of a name; a second one for the same field stays unused.
function ownColumns(free: readonly Column[], own: ReadonlyMap<string, string>): { header: string; key: string }[] {
  const named = free.flatMap(({ header }) => { const key = own.get(foldedName(header.replace(/^custom\./u, ''))); return key === undefined ? [] : [{ header, key }] })
  return named.filter(({ key }, at) => named.findIndex((each) => each.key === key) === at)
}

type Take = (field: ImportField, column: Column | undefined, reason: ProposalReason) => void

function takeByName(column: Column, vendor: VendorName | null, take: Take): void {
  const known = fieldOfHeader(column.header, vendor)
  if (known === undefined || (momentFields.has(known.field) && column.filled.length > 0 && !isDates(column, 0.5))) return
  take(known.field, column, known.vendor ?? 'name')
}

// One column that says where leads come from is their channel, whatever it is called.
function renameSource(taken: Map<ImportField, { column: Column; reason: ProposalReason }>): void {
  const source = taken.get('source')
  if (source === undefined) return
  taken.delete('source')
  taken.set('channel', source)
}

// An id is nearly always there and nearly never twice (a few rows may be wrong). Of several, the one whose values we
// know; else the one with the fewest repeats; else the first in the file.
async function takeId(free: readonly Column[], take: Take, countKnown: CountKnown): Promise<void> {
  let best: { column: Column; known: number; share: number } | undefined
  for (const column of free) {
    const share = column.values.length === 0 ? 0 : new Set(column.filled).size / column.values.length
    if (!ID_NAME.test(column.header) || share < ID_SHARE) continue
    const known = await countKnown(column.values.slice(0, 200))
    if (best === undefined || known > best.known || (known === best.known && share > best.share)) best = { column, known, share }
  }
  take('external_id', best?.column, best !== undefined && best.known > 0 ? 'known-ids' : 'unique-id')
}

/** `share` of the values read as dates; a name that says so needs less proof, so that bad dates are refused and not overlooked. */
function isDates({ filled }: Column, share = 0.8): boolean {
  if (filled.length === 0) return false
  const read = filled.filter((value) => !/^\d{1,7}$/u.test(value)).filter((value) => {
    const result = parseDateTime(value, { timeZone: 'UTC' })
    return result.ok || result.code === 'ambiguous'
  })
  return read.length >= filled.length * share
}

function formatOf(field: ImportField, { filled }: Column): string | null {
  if (!momentFields.has(field)) return null
  const order = dayMonthOrder(filled)
  const sample = filled.find((value) => /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/u.test(value))
  if (sample === undefined || (order !== 'M/d' && order !== 'd/M')) return null
  return dateFormat(order, sample)
}

const mostly = ({ filled }: Column, pattern: RegExp) => filled.length > 0 && filled.filter((value) => pattern.test(value)).length >= filled.length * 0.8
const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)
