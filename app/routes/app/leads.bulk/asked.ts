import { parseDateTime } from '~/lib/dates'

/** What a bulk page's address asks for, as the verb takes it; null while something is missing. The verb checks it all. */
export function deedIn(search: URLSearchParams, timeZone: string): never {
  const text = (name: string) => search.get(name) ?? ''
  const deed = ((): object | null => {
    switch (text('action')) {
      case 'assign': return text('to') === '' ? null : { action: 'assign', to: text('to') }
      case 'return': return { action: 'return' }
      case 'snooze': {
        if (text('until') === '') return search.has('wake') ? { action: 'snooze', until: null } : null
        const at = parseDateTime(text('until'), { timeZone })
        return at.ok ? { action: 'snooze', until: at.at } : null
      }
      case 'verdict': return text('verdict') === 'valid' ? { action: 'verdict', verdict: 'valid' } : text('reason') === '' ? null : { action: 'verdict', verdict: 'junk', reason: text('reason') }
      case 'note': return text('note') === '' ? null : { action: 'note', note: text('note') }
      case 'field': {
        const values = search.getAll('value').filter((value) => value !== '')
        return text('fieldId') === '' || !search.has('value') ? null : { action: 'field', fieldId: text('fieldId'), value: values.length === 0 ? null : values.length === 1 ? values[0] : values }
      }
      default: return null
    }
  })()
  return deed as never
}

export function targetIn(search: URLSearchParams): { picked: { leadId: never; version: number }[] } | { search: string; asOf: string } | null {
  if (search.get('all') === '1') return { search: search.get('search') ?? '', asOf: search.get('asOf') ?? '' }
  const picked = search.getAll('pick').map((pair) => { const [leadId = '', version = '0'] = pair.split('-'); return { leadId: leadId as never, version: Number(version) } })
  return picked.length === 0 ? null : { picked }
}
