import * as z from 'zod'
import { fromUuid, isId, toUuid } from '~/lib/ids'
import { DomainError, query } from '../kernel'
import { Search, SearchPage } from './contract'
import { findAll } from './find-all'
import { hitOf, type Hit } from './hit'
import { compareHits, type Found } from './hits'
import type { SearchKind } from './vocabulary'

const QUICK = 60
const DEEP = 400

export type HitGroup = { hits: Hit[]; more: boolean }
export type SearchResults = { groups: Record<SearchKind, HitGroup>; isBounded: boolean }
export type HitPage = { hits: Hit[]; nextCursor: string | null; isBounded: boolean }

const grouped = (found: readonly Found[], limit: number): Record<SearchKind, HitGroup> => {
  const group = (kind: SearchKind): HitGroup => {
    const own = found.filter((hit) => hit.kind === kind)
    return { hits: own.slice(0, limit).map(hitOf), more: own.length > limit }
  }
  return { leads: group('leads'), people: group('people'), companies: group('companies') }
}

/**
 * Leads, people and companies under a text: names by characters, pinyin, initials and with one typing error; addresses,
 * numbers in any writing, domains, external ids, receipts. At most `limit` a group, best first; only what the actor sees.
 */
export const findRecords = query({
  name: 'search.records',
  permission: 'leads:read',
  input: Search,
  async run({ tx, ctx, input: { q, limit } }): Promise<SearchResults> {
    if (q === '') return { groups: grouped([], limit), isBounded: false }
    const { found, isBounded } = await findAll(tx, ctx, q, QUICK)
    return { groups: grouped(found, limit), isBounded }
  },
})

const Cursor = z.tuple([z.number().int(), z.boolean(), z.number(), z.string()])

/** One kind of what `findRecords` finds, page by page; `isBounded` where a text is so common that only the newest were looked at. */
export const searchPage = query({
  name: 'search.page',
  permission: 'leads:read',
  input: SearchPage,
  async run({ tx, ctx, input: { q, kind, cursor, limit } }): Promise<HitPage> {
    if (q === '') return { hits: [], nextCursor: null, isBounded: false }
    const { found, isBounded } = await findAll(tx, ctx, q, DEEP)
    const after = readPlace(cursor)
    const left = found.filter((hit) => hit.kind === kind && (after === null || compareHits(hit, after) > 0))
    const shown = left.slice(0, limit)
    const last = shown.at(-1)
    return { hits: shown.map(hitOf), nextCursor: left.length > limit && last !== undefined ? writePlace(last) : null, isBounded }
  },
})

const writePlace = ({ tier, isMine, at, id }: Found): string => Buffer.from(JSON.stringify([tier, isMine, at, fromUuid('hit', id)])).toString('base64url')

function readPlace(text: string | undefined): Pick<Found, 'tier' | 'isMine' | 'at' | 'id'> | null {
  if (text === undefined || text === '') return null
  try {
    const [tier, isMine, at, id] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (!isId('hit', id)) throw new RangeError('Not a place')
    return { tier: tier as Found['tier'], isMine, at, id: toUuid(id) }
  } catch {
    throw new DomainError('invalid', { fields: { cursor: ['not-a-cursor'] } })
  }
}
