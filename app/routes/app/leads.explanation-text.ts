import type { LeadScore } from '~/domain/scoring'
import { createI18n } from '~/i18n/create.server'
import { customerWords } from '~/i18n/customer-words.server'
import { formatDate } from '~/i18n/format-time'
import type { Locale } from '~/lib/locales'
import { scoreWords } from './leads.detail/score-words'

type Asked = { language: Locale; score: LeadScore | null; name: string; org: string; contact: string | null; zone: string }
const groups = ['company', 'role', 'way', 'answers', 'doings'] as const

/** The text for a customer: what the score uses, what counts in their case, and how to object. No cells, no points, no codes. */
export function explanationText({ language, score, name, org, contact, zone }: Asked): string {
  const words = customerWords(language)
  const say = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, key: string) => ({ name, org, contact: contact ?? words.contactNobody, when: formatDate(score?.objection?.at ?? null, language, zone, 'day-year') })[key] ?? '')
  const { said } = scoreWords(createI18n(language).getFixedT(language, ['score', 'leads', 'channels']), language)
  // Told once each, however often it happened; where everybody begins says nothing of somebody.
  const counted = [...new Set((score?.lines ?? []).filter(({ because, worth }) => because.kind !== 'base' && worth !== 0).map(said))]
  const groupsSaid = groups.map((group) => `– ${words.group[group]}`)
  const own = score !== null && score.objection !== null ? [say(words.leftOut)] : counted.length === 0 ? [words.yoursNone] : [words.yours, ...counted.map((each) => `– ${each}`)]
  const parts = [[say(name === '' ? words.helloNobody : words.hello)], [say(words.intro)], [words.uses, ...groupsSaid], own, [words.fades], [say(words.object)], [words.regards, org]]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}
