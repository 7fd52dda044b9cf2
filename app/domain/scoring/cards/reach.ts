import type { Id } from '~/lib/ids'
import { channelKinds } from '../../channels/vocabulary'
import { countedKinds, type CardLine, type CardTerms, type Criterion } from '../contract'
import type { ScoreGroup } from '../vocabulary'
import { folded } from './exclusive'
import type { KnownValues } from './known-values'

type Reach = { least: number; most: number }

/**
 * The fewest and the most points of a group that a lead can have. Of what a lead has only one of (a size, an industry, a channel) each
 * value is tried and the best and worst are taken; all else may hold or not; what is counted counts as often as its caps allow.
 */
export function reachOf({ base, lines }: CardTerms, group: ScoreGroup, known: KnownValues): Reach {
  const own = lines.filter((line) => line.group === group)
  const reach = { least: group === 'fit' ? base : 0, most: group === 'fit' ? base : 0 }
  const add = ({ least, most }: Reach) => {
    reach.least += least
    reach.most += most
  }
  for (const [topic, about] of byTopic(own)) add(topic === '' ? freely(about) : byValue(about, valuesOf(topic, about.map(({ criterion }) => criterion), known)))
  return reach
}

/** What a line is about, where a lead has only one of it; '' is all else. Channel, its kind and its campaign go together. */
function topicOf(criterion: Criterion): string {
  const kind = criterion.kind === 'unknown' ? criterion.of : criterion.kind
  if (kind === 'channel' || kind === 'channel-kind' || kind === 'campaign') return 'channel'
  if (criterion.kind === 'field') return `field:${criterion.fieldId}`
  return ['employees', 'industry', 'country', 'source', 'product-line', 'weekday', 'landing-page', 'role'].includes(kind) ? kind : ''
}

function byTopic(lines: readonly CardLine[]): Map<string, CardLine[]> {
  const topics = new Map<string, CardLine[]>()
  for (const line of lines) topics.set(topicOf(line.criterion), [...(topics.get(topicOf(line.criterion)) ?? []), line])
  return topics
}

const freely = (lines: readonly CardLine[]): Reach => ({
  least: lines.reduce((sum, line) => sum + Math.min(0, worthOf(line)), 0), most: lines.reduce((sum, line) => sum + Math.max(0, worthOf(line)), 0),
})

/** All the points a line can stand for at once. */
function worthOf({ criterion, points, most, everyDays, expiresDays }: CardLine): number {
  if (!countedKinds.has(criterion.kind)) return points
  const within = everyDays !== null && expiresDays !== null ? Math.ceil(expiresDays / everyDays) : Infinity
  return points * Math.min(most ?? Infinity, within)
}

/** Holds surely, may hold beside, or cannot. */
type Holds = 'yes' | 'maybe' | 'no'

function byValue(lines: readonly CardLine[], values: readonly ((criterion: Criterion) => Holds)[]): Reach {
  const reaches = values.map((holds) => lines.reduce((sum, line) => {
    const [answer, worth] = [holds(line.criterion), worthOf(line)]
    if (answer === 'no') return sum
    return { least: sum.least + (answer === 'yes' ? worth : Math.min(0, worth)), most: sum.most + (answer === 'yes' ? worth : Math.max(0, worth)) }
  }, { least: 0, most: 0 }))
  return { least: Math.min(...reaches.map(({ least }) => least)), most: Math.max(...reaches.map(({ most }) => most)) }
}

function valuesOf(topic: string, criteria: readonly Criterion[], known: KnownValues): ((criterion: Criterion) => Holds)[] {
  const said = (holds: boolean): Holds => (holds ? 'yes' : 'no')
  const nothing = (criterion: Criterion): Holds => said(criterion.kind === 'unknown' || (criterion.kind === 'field' && criterion.test === 'unknown'))
  if (topic === 'employees') return [nothing, ...bounds(criteria).map((size) => (criterion: Criterion) => said(criterion.kind === 'employees' && size >= (criterion.from ?? 0) && size <= (criterion.to ?? Infinity)))]
  if (topic === 'channel') return ways(criteria, known).map((way) => (criterion: Criterion) => said(cameBy(way, criterion)))
  // Several people have several roles: each may hold beside the others.
  if (topic === 'role') return [nothing, (criterion) => (criterion.kind === 'unknown' ? 'no' : 'maybe')]
  if (topic.startsWith('field:')) return fieldValues(criteria, nothing, known)
  if (topic === 'landing-page') return [nothing, ...pagesOf(criteria).map((page) => (criterion: Criterion) => said(criterion.kind === 'landing-page' && criterion.values.some((value) => isPage(page, folded(value)))))]
  const values = new Set(criteria.flatMap((criterion) => ('values' in criterion ? criterion.values.map(folded) : [])))
  const each = [...values].map((value) => (criterion: Criterion) => said('values' in criterion && criterion.values.some((one) => folded(one) === value)))
  // A lead always has its day, its source and its product line: where the card names every day, one of them holds.
  return topic === 'weekday' && values.size === 7 ? each : [nothing, ...each]
}

const pagesOf = (criteria: readonly Criterion[]): string[] => [...new Set(criteria.flatMap((criterion) => (criterion.kind === 'landing-page' ? criterion.values.map(folded) : [])))]
/** A page is meant by its whole address, or by its path alone. */
const isPage = (page: string, value: string): boolean => page === value || (value.startsWith('/') && !page.startsWith('/') && page.slice(page.indexOf('/')) === value)

const bounds = (criteria: readonly Criterion[]): number[] =>
  [0, ...criteria.flatMap((criterion) => (criterion.kind === 'employees' ? [criterion.from ?? 0, criterion.to ?? 0, (criterion.from ?? 1) - 1, (criterion.to ?? 0) + 1] : []))].filter((size) => size >= 0)

type Way = { kind: string | null; channelId: Id<'ch'> | null; campaignId: Id<'cmp'> | null }

// Every campaign and channel the card names, each with what it belongs to, and every kind by another channel.
function ways(criteria: readonly Criterion[], { channels, campaigns }: KnownValues): Way[] {
  const found: Way[] = [{ kind: null, channelId: null, campaignId: null }, ...channelKinds.map((kind) => ({ kind, channelId: null, campaignId: null }))]
  for (const criterion of criteria) {
    if (criterion.kind === 'channel') for (const channelId of criterion.values) found.push({ kind: channels.get(channelId)?.kind ?? null, channelId, campaignId: null })
    if (criterion.kind !== 'campaign') continue
    for (const campaignId of criterion.values) {
      const channelId = campaigns.get(campaignId)?.channelId ?? null
      found.push({ kind: channelId === null ? null : (channels.get(channelId)?.kind ?? null), channelId, campaignId })
    }
  }
  return found
}

function cameBy({ kind, channelId, campaignId }: Way, criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'channel-kind': return criterion.values.some((each) => each === kind)
    case 'channel': return criterion.values.some((each) => each === channelId)
    case 'campaign': return criterion.values.some((each) => each === campaignId)
    default: return criterion.kind === 'unknown' && campaignId === null
  }
}

// A field of several choices may have all of them at once, another has one; a number lies on one side of every bound.
function fieldValues(criteria: readonly Criterion[], nothing: (criterion: Criterion) => Holds, known: KnownValues): ((criterion: Criterion) => Holds)[] {
  const asked = criteria.flatMap((criterion) => (criterion.kind === 'field' ? [criterion] : []))
  const hasSeveral = asked.some(({ fieldId }) => known.fields.get(fieldId)?.kind === 'multi_choice')
  const numbers = asked.flatMap(({ number }) => (number === null ? [] : [number - 1, number, number + 1]))
  const texts = asked.flatMap(({ test, values }) => (test === 'one-of' ? values.map(folded) : []))
  const of = (number: number | null, text: string | null) => (criterion: Criterion): Holds => {
    if (criterion.kind !== 'field' || criterion.test === 'unknown') return 'no'
    switch (criterion.test) {
      case 'known': return 'yes'
      case 'one-of': return hasSeveral ? 'maybe' : criterion.values.some((value) => folded(value) === text) ? 'yes' : 'no'
      case 'at-least': return number !== null && number >= (criterion.number ?? 0) ? 'yes' : 'no'
      case 'at-most': return number !== null && number <= (criterion.number ?? 0) ? 'yes' : 'no'
    }
  }
  return [nothing, of(null, null), ...texts.map((text) => of(null, text)), ...numbers.map((number) => of(number, null))]
}
