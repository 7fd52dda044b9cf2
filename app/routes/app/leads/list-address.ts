import { readCondition, writeCondition, type Condition } from '~/lib/conditions'
import { viewParameters, viewSearch } from '~/domain/views/vocabulary'

type Change = Record<string, string | readonly string[] | null>

/** The list's address with something else in it. A new order or filter starts at its first page. */
export function listHref(search: URLSearchParams, change: Change): string {
  const next = new URLSearchParams(search)
  for (const name of ['cursor', 'add', 'edit', 'in', 'peek']) next.delete(name)
  for (const [name, value] of Object.entries(change)) {
    next.delete(name)
    for (const each of value === null ? [] : typeof value === 'string' ? [value] : value) next.append(name, each)
  }
  const text = next.toString()
  return text === '' ? '/leads' : `/leads?${text}`
}

/** Where a condition stands: in the rows that all hold, or in the group of which one holds. */
export type Place = 'f' | 'or'

/** What the editor's form says, as a condition; null while it says nothing yet. */
export function conditionSaid(form: URLSearchParams): Condition | null {
  const field = form.get('x.field') ?? ''
  const op = form.get('x.op') ?? ''
  const text = (name: string) => (form.get(name) ?? '').trim()
  const values = ((): string[] => {
    switch (op) {
      case 'in': return [text('x.span')]
      case 'last': case 'next': case 'ago': return [text('x.days')]
      case 'from': case 'to': return [text('x.day')]
      case 'between': return [text('x.day'), text('x.until')]
      case 'over': case 'under': return text('x.currency') === '' ? [text('x.number')] : [text('x.number'), text('x.currency')]
      case 'eq': return [text('x.number')]
      case 'has': return [text('x.text')]
      case 'is': case 'not': return form.has('x.text') ? text('x.text').split(/[,，;；]/).map((part) => part.trim()).filter((part) => part !== '') : form.getAll('x.v').filter((value) => value !== '')
      default: return []
    }
  })()
  if (field === '' || op === '' || values.includes('')) return null
  if ((op === 'is' || op === 'not') && values.length === 0) return null
  return { field, op, values: field === 'country' ? values.map((value) => value.toUpperCase()) : values }
}

/** The address with what the editor says put in its place, without the editor's own fields. */
export function withSaid(form: URLSearchParams): URLSearchParams {
  const condition = conditionSaid(form)
  const place: Place = form.get('x.in') === 'or' ? 'or' : 'f'
  const at = Number(form.get('x.at') ?? '-1')
  const rest = new URLSearchParams([...form].filter(([name, value]) => !name.startsWith('x.') && value !== '' && !['add', 'edit', 'in', 'cursor'].includes(name)))
  if (condition === null) return rest
  const rows = rest.getAll(place)
  rows.splice(at >= 0 ? at : rows.length, at >= 0 ? 1 : 0, writeCondition(condition))
  rest.delete(place)
  for (const row of rows) rest.append(place, row)
  return rest
}

export const conditionsIn = (search: URLSearchParams, place: Place): Condition[] => search.getAll(place).map(readCondition).filter((row) => row !== null)

/** Whether an address says more than which view it is. */
export const isBare = (search: URLSearchParams): boolean => viewParameters.every((name) => !search.has(name))
/** What of an address differs from the view it began as. */
export const differs = (search: URLSearchParams, saved: string): boolean => plain(viewSearch(search)) !== plain(saved)
const plain = (text: string) => new URLSearchParams([...new URLSearchParams(text)].filter(([name, value]) => !(name === 'layout' && value === 'table'))).toString()

export const builtInColumns = ['company', 'stage', 'channel', 'owner', 'amount', 'cameIn', 'contact', 'next', 'grade', 'cell', 'won', 'campaign', 'source', 'line'] as const
export type BuiltInColumn = (typeof builtInColumns)[number]
const usual = ['company', 'stage', 'channel', 'owner', 'amount', 'cameIn', 'contact', 'next']
export type Width = 's' | 'm' | 'l'
export type ShownColumn = { id: string; width: Width | null }

/** `cols=company-l.stage.cf_…`: which columns, in which order, how wide. The name always stands first. */
export function columnsIn(search: URLSearchParams, fields: readonly { id: string }[]): ShownColumn[] {
  const known = new Set<string>([...builtInColumns, ...fields.map(({ id }) => id)])
  const said = search.get('cols')?.split('.').map((part): ShownColumn => {
    const [id = '', width] = part.split('-')
    return { id, width: width === 's' || width === 'm' || width === 'l' ? width : null }
  })
  return (said ?? usual.map((id) => ({ id, width: null }))).filter(({ id }) => known.has(id))
}
export const columnsText = (columns: readonly ShownColumn[]): string => columns.map(({ id, width }) => (width === null ? id : `${id}-${width}`)).join('.')
