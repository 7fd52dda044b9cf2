import type { CardLine, Criterion } from '~/domain/scoring/contract'
import { personRoles, touchKinds } from '~/domain/leads/vocabulary'
import { channelKinds } from '~/domain/channels/vocabulary'
import { fieldTests, reachWays, scoreGroups, unknowables } from '~/domain/scoring/vocabulary'
import { isCounted, isCriterionKind, usualGroup } from './criterion-groups'

/** The plain fields of the form of a line; `values` are ticks, `others` is a list typed with commas. */
export type LineFields = { values: readonly string[]; [name: string]: string | readonly string[] | undefined }
export type LineSaid = { line: CardLine } | { wrong: Record<string, 'required' | 'not-a-number' | 'choice'> }

const MARKS = /[,，;；、\n]/u

/** What a form says as a line, or which of its fields say nothing that can be kept. The server looks at all of it again. */
export function lineSaid(said: LineFields, newKey: () => string): LineSaid {
  const wrong: Record<string, 'required' | 'not-a-number' | 'choice'> = {}
  const text = (name: string): string => { const given = said[name]; return typeof given === 'string' ? given.trim() : '' }
  const number = (name: string, isNeeded: boolean): number | null => {
    if (text(name) === '') { if (isNeeded) wrong[name] = 'required'; return null }
    const value = Number(text(name).replace('−', '-'))
    if (!Number.isInteger(value)) wrong[name] = 'not-a-number'
    return Number.isInteger(value) ? value : null
  }
  const choice = <T extends string>(name: string, known: readonly T[]): T => {
    const found = known.find((each) => each === text(name))
    if (found === undefined) wrong[name] = 'choice'
    return found ?? (known[0] as T)
  }
  const list = (): string[] => {
    const all = [...new Set([...said.values, ...text('others').split(MARKS)].map((each) => each.trim()).filter((each) => each !== ''))]
    if (all.length === 0) wrong['values'] = 'required'
    return all
  }
  const known = <T extends string>(values: readonly T[]): T[] => list().filter((each): each is T => (values as readonly string[]).includes(each))
  const needed = (name: string): string => { if (text(name) === '') wrong[name] = 'required'; return text(name) }

  function criterion(kind: Criterion['kind']): Criterion {
    switch (kind) {
      case 'employees': { const [from, to] = [number('from', false), number('to', false)]; if (from === null && to === null) wrong['from'] ??= 'required'; return { kind, from, to } }
      case 'industry': case 'landing-page': return { kind, values: list() }
      case 'country': { const codes = list().map((code) => code.toUpperCase()); if (codes.some((code) => !/^[A-Z]{2}$/.test(code))) wrong['values'] = 'choice'; return { kind, values: codes } }
      case 'role': return { kind, values: known(personRoles) }
      case 'channel-kind': return { kind, values: known(channelKinds) }
      case 'channel': case 'campaign': case 'source': case 'product-line': return { kind, values: list() } as Criterion
      case 'weekday': return { kind, values: list().map(Number).filter((day) => day >= 0 && day <= 6) }
      case 'reachable': return { kind, by: choice('by', reachWays) }
      case 'field': {
        const test = choice('test', fieldTests)
        const isNumber = test === 'at-least' || test === 'at-most'
        return { kind, fieldId: needed('fieldId') as never, test, values: test === 'one-of' ? list() : [], number: isNumber ? number('number', true) : null }
      }
      case 'answer': return { kind, question: needed('question'), contains: text('contains') === '' ? null : text('contains') }
      case 'unknown': return { kind, of: choice('of', unknowables) }
      case 'recency': return { kind, days: number('days', true) ?? 1 }
      case 'silence': return { kind, attempts: number('attempts', true) ?? 1 }
      case 'touch': return { kind, touch: choice('touch', touchKinds), page: text('page') === '' ? null : text('page') }
      case 'webinar': return { kind, minutes: number('minutes', true) ?? 1 }
      case 'free-mail': case 'customer': case 'unsubscribed': case 'reply': case 'asked-again': return { kind }
    }
  }

  const kind = text('kind')
  if (!isCriterionKind(kind)) return { wrong: { kind: 'choice' } }
  const group = scoreGroups.find((each) => each === text('group')) ?? usualGroup(kind)
  const counts = isCounted(kind)
  const line: CardLine = {
    key: text('key') === '' ? newKey() : text('key'), group, criterion: criterion(kind), points: number('points', true) ?? 0,
    most: counts ? number('most', false) : null, everyDays: counts ? number('everyDays', false) : null, halfLifeDays: number('halfLifeDays', false), expiresDays: number('expiresDays', false),
    onlyWith: text('onlyWith') === '' ? null : text('onlyWith'),
  }
  return Object.keys(wrong).length > 0 ? { wrong } : { line }
}

/** A line in the place of the one with its key, or after the last. */
export const withLine = (lines: readonly CardLine[], line: CardLine): CardLine[] =>
  lines.some(({ key }) => key === line.key) ? lines.map((each) => (each.key === line.key ? line : each)) : [...lines, line]

/** The lines without one. Those that count only with it are named as at fault until somebody says what they shall need. */
export const withoutLine = (lines: readonly CardLine[], gone: string): CardLine[] => lines.filter(({ key }) => key !== gone)
